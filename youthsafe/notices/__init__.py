"""What members are to be told by mail: kinds without content, and the queue that `notify` delivers."""
