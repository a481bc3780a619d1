/** A broker of Apache Kafka, which is a controller as well: {@code Broker file.properties}. */
public final class Broker {
  private static final String CLUSTER = "4L6g3nShT-eMCtK--X86sw";

  private Broker() {}

  public static void main(String[] arguments) {
    Parent.watch();
    String[] format = {"format", "--ignore-formatted", "--cluster-id", CLUSTER, "--config", arguments[0]};
    if (kafka.tools.StorageTool.execute(format, System.out) != 0) {
      System.exit(1);
    }
    kafka.Kafka.main(arguments);
  }
}
