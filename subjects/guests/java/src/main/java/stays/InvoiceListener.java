package stays;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.DltHandler;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.RetryableTopic;
import org.springframework.kafka.retrytopic.TopicSuffixingStrategy;
import org.springframework.retry.annotation.Backoff;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
public class InvoiceListener {
  private static final Logger log = LoggerFactory.getLogger(InvoiceListener.class);
  private final Invoices invoices;
  private final ObjectMapper json;

  public InvoiceListener(Invoices invoices, ObjectMapper json) {
    this.invoices = invoices;
    this.json = json;
  }

  @RetryableTopic(
      attempts = "4",
      backoff = @Backoff(delay = 1000, multiplier = 2.0),
      topicSuffixingStrategy = TopicSuffixingStrategy.SUFFIX_WITH_INDEX_VALUE)
  @KafkaListener(topics = "invoice-requests", groupId = "invoicing")
  @Transactional
  public void request(ConsumerRecord<String, String> record) throws Exception {
    var messageId = new String(record.headers().lastHeader("messageId").value(), StandardCharsets.UTF_8);
    if (invoices.existsById(messageId)) return;
    var asked = json.readTree(record.value());
    var invoice = new Invoice();
    invoice.messageId = messageId;
    invoice.customer = asked.get("customer").asText();
    invoice.amount = asked.get("amount").asLong();
    invoices.saveAndFlush(invoice);
  }

  @DltHandler
  public void dead(ConsumerRecord<String, String> record) {
    log.error("given up: {} of {}", record.key(), record.topic());
  }
}
