/** Whoever started this program, and holds its standard input open. */
final class Parent {
  private static final long STOPPING_MILLIS = 20_000;

  private Parent() {}

  /**
   * Ends this program in order (its shutdown hooks run) once its standard input is closed, and without order if that
   * takes too long: a request that hangs would hold it for ever.
   */
  static void watch() {
    Thread watch = new Thread(() -> {
      try {
        while (System.in.read() >= 0) {}
        Thread exit = new Thread(() -> System.exit(0), "exit");
        exit.start();
        exit.join(STOPPING_MILLIS);
      } catch (java.io.IOException | InterruptedException error) {
        // There is nobody left whom it could be told.
      }
      Runtime.getRuntime().halt(1);
    }, "parent");
    watch.setDaemon(true);
    watch.start();
  }
}
