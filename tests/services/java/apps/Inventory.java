import com.netflix.appinfo.ApplicationInfoManager;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A service that registers, and answers by what it was asked for and who it is. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Inventory.Items.class)
public class Inventory {
  public static void main(String[] arguments) {
    Parent.watch();
    System.setProperty("spring.config.name", "inventory");
    SpringApplication.run(Inventory.class, arguments);
  }

  public record Item(String sku, String instance) {}

  @RestController
  static class Items {
    private final ApplicationInfoManager self;

    Items(ApplicationInfoManager self) {
      this.self = self;
    }

    @GetMapping("/items/{sku}")
    Item item(@PathVariable String sku) {
      return new Item(sku, self.getInfo().getInstanceId());
    }
  }
}
