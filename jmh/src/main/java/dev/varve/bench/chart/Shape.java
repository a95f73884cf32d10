package dev.varve.bench.chart;

/** Outlines by which lines are told apart without their colours. */
enum Shape {
  CIRCLE("M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"),
  DIAMOND("M0-5 5 0 0 5-5 0z"),
  SQUARE("M-3.5-3.5h7v7h-7z"),
  UP("M0-4.5 4.5 3.5h-9z"),
  DOWN("M0 4.5 4.5-3.5h-9z"),
  PLUS("M-1.5-4.5h3v3h3v3h-3v3h-3v-3h-3v-3h3z"),
  BAR("M-4.5-1.8h9v3.6h-9z"),
  POST("M-1.8-4.5h3.6v9h-3.6z");

  private static final int FIRST_OF_PEERS = 2;

  private final String path;

  Shape(String path) {
    this.path = path;
  }

  /** As a path around the origin. */
  String path() {
    return path;
  }

  /** The shapes of peers in turn. */
  static Shape ofPeer(int number) {
    return values()[FIRST_OF_PEERS + number % (values().length - FIRST_OF_PEERS)];
  }
}
