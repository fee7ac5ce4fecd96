package stays;

import org.springframework.data.jpa.repository.JpaRepository;

public interface Stays extends JpaRepository<Stay, Long> {}
