//! A part of a large fleet.

use std::collections::BTreeSet;

use feign::balance;

use super::{FleetClient, Instances, Told, call, endpoint, endpoints};

async fn used(instances: &Instances, client: &FleetClient) -> BTreeSet<String> {
    instances.take();
    call(client, 50).await;
    instances.take().into_iter().collect()
}

#[tokio::test(start_paused = true)]
async fn who_is_used_changes_by_one_at_a_time() {
    let instances = Instances::default();
    let told = Told::new(endpoints(100));
    let hub = instances.told(&told, balance::round_robin()).subset(20).build().unwrap();
    let client: FleetClient = hub.client();
    let before = used(&instances, &client).await;
    assert_eq!(before.len(), 20);

    // Somebody leaves who is not used, then one who is.
    let idle = (0..100).map(|at| format!("e{at}")).find(|id| !before.contains(id)).unwrap();
    told.say(endpoints(100).into_iter().filter(|e| e.id() != idle).collect()).await;
    assert_eq!(used(&instances, &client).await, before);
    let gone = before.first().unwrap().clone();
    told.say(endpoints(100).into_iter().filter(|e| e.id() != gone).collect()).await;
    let after = used(&instances, &client).await;
    assert_eq!((after.len(), before.difference(&after).count()), (20, 1));
    told.say(endpoints(100)).await;
    assert_eq!(used(&instances, &client).await, before);
    told.say([endpoints(100), vec![endpoint("new")]].concat()).await;
    assert!(before.difference(&used(&instances, &client).await).count() <= 1);
}

#[tokio::test]
async fn each_seed_uses_others() {
    let instances = Instances::default();
    let mut all = BTreeSet::new();
    for seed in 0..20 {
        let hub = instances.hub(endpoints(40), balance::round_robin()).seed(seed).subset(8);
        let used = used(&instances, &hub.build().unwrap().client()).await;
        assert_eq!(used.len(), 8);
        all.extend(used);
    }
    // One is left out by 20 seeds in 0.8^20 = 1 % of the cases.
    assert!(all.len() >= 37, "{}", all.len());
}

#[tokio::test]
async fn a_small_fleet_is_used_whole() {
    let instances = Instances::default();
    let hub = instances.hub(endpoints(5), balance::round_robin()).subset(8).build().unwrap();
    assert_eq!(used(&instances, &hub.client()).await.len(), 5);
}
