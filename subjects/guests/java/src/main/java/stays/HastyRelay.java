package stays;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.data.domain.Limit;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sends without blocking, as the documentation of KafkaTemplate shows it: what becomes of a message is logged. */
@Component
@Profile("hasty")
public class HastyRelay {
  private static final Logger log = LoggerFactory.getLogger(HastyRelay.class);
  private final Outbox outbox;
  private final KafkaTemplate<String, String> kafka;

  public HastyRelay(Outbox outbox, KafkaTemplate<String, String> kafka) {
    this.outbox = outbox;
    this.kafka = kafka;
  }

  @Scheduled(fixedDelay = 100)
  @Transactional
  public void relay() {
    for (var message : outbox.findBySentFalseAndRefusedFalseOrderById(Limit.of(50))) {
      var record = new ProducerRecord<>("stays", message.stayId.toString(), message.body);
      record.headers().add("messageId", message.messageId.getBytes(StandardCharsets.UTF_8));
      kafka
          .send(record)
          .whenComplete(
              (result, error) -> {
                if (error != null) log.error("message {} was not sent", message.messageId, error);
              });
      message.sent = true;
    }
  }
}
