package stays;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

@SpringBootApplication
@EnableScheduling
public class StaysApplication {
  public static void main(String[] args) {
    SpringApplication.run(StaysApplication.class, args);
  }
}
