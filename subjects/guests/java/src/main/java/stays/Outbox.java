package stays;

import jakarta.persistence.LockModeType;
import jakarta.persistence.QueryHint;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.QueryHints;

public interface Outbox extends JpaRepository<OutboxMessage, Long> {
  /** What waits and no other instance is about to send: -2 is SKIP LOCKED. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  @QueryHints(@QueryHint(name = "jakarta.persistence.lock.timeout", value = "-2"))
  List<OutboxMessage> findBySentFalseAndRefusedFalseOrderById(Limit limit);
}
