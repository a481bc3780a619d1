import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes an event for each line of a file, which is its key, and prints where it went. */
public final class Placements {
  private Placements() {}

  /** {@code Placements servers topic file}. */
  public static void main(String[] arguments) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", arguments[0]);
    List<String> keys = Files.readAllLines(Path.of(arguments[2]));
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    StringSerializer text = new StringSerializer();
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings, text, text)) {
      for (String key : keys) {
        sent.add(producer.send(new ProducerRecord<>(arguments[1], key, "of Java")));
      }
      for (int at = 0; at < keys.size(); at++) {
        System.out.println("placed " + at + " " + sent.get(at).get().partition());
      }
    }
  }
}
