import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A caller of {@code inventory}, by OpenFeign and Spring Cloud LoadBalancer, which does what it is told over HTTP. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableFeignClients(clients = Caller.Items.class)
@Import(Caller.Door.class)
public class Caller {
  public static void main(String[] arguments) {
    Parent.watch();
    System.setProperty("spring.config.name", "caller");
    SpringApplication.run(Caller.class, arguments);
  }

  public record Item(String sku, String instance) {}

  /** What became of calls: how many there were, how many each instance answered, and why the others failed. */
  public record Outcome(int calls, int failed, Map<String, Integer> answered, Map<String, Integer> failures) {}

  @FeignClient("inventory")
  interface Items {
    @GetMapping("/items/{sku}")
    Item item(@PathVariable String sku);
  }

  @RestController
  static class Door {
    private final Items items;
    private final DiscoveryClient discovery;

    Door(Items items, DiscoveryClient discovery) {
      this.items = items;
      this.discovery = discovery;
    }

    @GetMapping("/call/{sku}")
    Item call(@PathVariable String sku) {
      return items.item(sku);
    }

    @GetMapping("/call-many")
    Outcome callMany(@RequestParam int n) {
      Map<String, Integer> answered = new TreeMap<>();
      Map<String, Integer> failures = new TreeMap<>();
      int failed = 0;
      for (int i = 0; i < n; i++) {
        try {
          Item item = items.item("many");
          answered.merge(item.instance(), 1, Integer::sum);
        } catch (RuntimeException error) {
          failed++;
          failures.merge(error.toString(), 1, Integer::sum);
        }
      }
      return new Outcome(n, failed, answered, failures);
    }

    /** The instances that it knows. */
    @GetMapping("/known/{service}")
    List<String> known(@PathVariable String service) {
      return discovery.getInstances(service).stream().map(ServiceInstance::getInstanceId).sorted().toList();
    }
  }
}
