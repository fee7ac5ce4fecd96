package stays;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.springframework.data.domain.Persistable;

/** One for each request: its id is the message's, so that a second one is refused. */
@Entity
@Table(name = "invoices")
public class Invoice implements Persistable<String> {
  @Id
  @Column(name = "message_id")
  public String messageId;

  public String customer;
  public long amount;

  @Override
  public String getId() {
    return messageId;
  }

  @Override
  public boolean isNew() {
    return true;
  }
}
