package stays;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "outbox_messages")
public class OutboxMessage {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Long id;

  @Column(name = "message_id", unique = true)
  public String messageId;

  @Column(name = "stay_id")
  public Long stayId;

  @Column(length = 4000)
  public String body;

  public boolean sent;
  public boolean refused;
}
