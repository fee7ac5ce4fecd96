import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records to partition 0 and reads them back, as Java services do; prints the digest of what was read. */
public final class RoundTrip {
  public static void main(String[] args) throws Exception {
    String servers = args[0], topic = args[1];
    int count = Integer.parseInt(args[2]);
    var producing = Map.<String, Object>of(
        "bootstrap.servers", servers, "client.id", "java-producer", "acks", "all", "linger.ms", 5,
        "request.timeout.ms", 2000, "delivery.timeout.ms", 60000);
    try (var producer = new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < count; i++) {
        byte[] value = (i + ":" + "x".repeat(i % 300)).getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic, 0, String.valueOf(i).getBytes(StandardCharsets.UTF_8), value));
      }
    }
    var consuming = Map.<String, Object>of(
        "bootstrap.servers", servers, "client.id", "java-consumer", "group.id", topic, "auto.offset.reset", "earliest",
        "enable.auto.commit", false, "session.timeout.ms", 20000, "heartbeat.interval.ms", 500,
        "partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    var digest = MessageDigest.getInstance("SHA-256");
    try (var consumer = new KafkaConsumer<>(consuming, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      for (int read = 0; read < count; ) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
          digest.update(record.key());
          digest.update(record.value());
          read++;
        }
        consumer.commitSync();
      }
      // Long enough for a heartbeat or two.
      consumer.poll(Duration.ofMillis(1500));
    }
    System.out.println(HexFormat.of().formatHex(digest.digest()));
  }
}
