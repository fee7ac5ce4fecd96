package stays;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.springframework.context.annotation.Profile;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.domain.Limit;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sends what is in the outbox, and marks it when the broker has it. */
@Component
@Profile("!hasty")
public class OutboxRelay {
  private final Outbox outbox;
  private final KafkaTemplate<String, String> kafka;

  public OutboxRelay(Outbox outbox, KafkaTemplate<String, String> kafka) {
    this.outbox = outbox;
    this.kafka = kafka;
  }

  @Scheduled(fixedDelay = 100)
  @Transactional(rollbackFor = Exception.class)
  public void relay() throws Exception {
    var messages = outbox.findBySentFalseAndRefusedFalseOrderById(Limit.of(50));
    var sending = new LinkedHashMap<OutboxMessage, CompletableFuture<?>>();
    for (var message : messages) {
      var record = new ProducerRecord<>("stays", message.stayId.toString(), message.body);
      record.headers().add("messageId", message.messageId.getBytes(StandardCharsets.UTF_8));
      sending.put(message, kafka.send(record));
    }
    for (var sent : sending.entrySet()) {
      try {
        sent.getValue().get(150, TimeUnit.SECONDS);
        sent.getKey().sent = true;
      } catch (ExecutionException failed) {
        // What the broker will never take is put aside; the rest is tried again in the next round.
        if (NestedExceptionUtils.getMostSpecificCause(failed) instanceof RecordTooLargeException) sent.getKey().refused = true;
      }
    }
  }
}
