package stays;

import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class StayController {
  public record Asked(String guest, long price) {}

  private final Stays stays;
  private final Outbox outbox;

  public StayController(Stays stays, Outbox outbox) {
    this.stays = stays;
    this.outbox = outbox;
  }

  @GetMapping("/health")
  public Map<String, String> health() {
    return Map.of("status", "UP");
  }

  @PostMapping("/stays")
  @ResponseStatus(HttpStatus.CREATED)
  @Transactional
  public Map<String, Long> book(@RequestBody Asked asked) {
    var stay = new Stay();
    stay.guest = asked.guest();
    stay.price = asked.price();
    stays.save(stay);
    var message = new OutboxMessage();
    message.messageId = UUID.randomUUID().toString();
    message.stayId = stay.id;
    message.body = "{\"stay\":%d,\"price\":%d}".formatted(stay.id, stay.price);
    outbox.save(message);
    return Map.of("id", stay.id);
  }
}
