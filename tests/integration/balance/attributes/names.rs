//! One name is one function of `feign::balance`, in the attribute and in settings.

use std::fmt::Debug;

use feign::balance;
use feign::{Settings, TypedClient};
use serde_json::json;

macro_rules! by_name {
    ($($name:ident)*) => {
        $(mod $name {
            #[feign::client(balance = $name)]
            #[allow(dead_code, reason = "only what it declares is looked at")]
            pub(super) trait Named {
                #[get("/items")]
                async fn items(&self) -> super::super::Answer;
            }
        })*

        /// What the attribute makes of each name.
        fn declared() -> Vec<(&'static str, String)> {
            fn policy<C: TypedClient>() -> String {
                format!("{:?}", C::BALANCE.expect("declared")())
            }
            vec![$((stringify!($name), policy::<$name::NamedClient>()),)*]
        }
    };
}
by_name!(round_robin random weighted least_loaded ewma hash sticky);

#[feign::client]
trait Silent {
    #[get("/items")]
    async fn items(&self) -> super::Answer;
}

#[test]
fn one_name_is_one_function() {
    let functions: [(&str, &dyn Debug); 7] = [
        ("round_robin", &balance::round_robin()),
        ("random", &balance::random()),
        ("weighted", &balance::weighted()),
        ("least_loaded", &balance::least_loaded()),
        ("ewma", &balance::ewma()),
        ("hash", &balance::hash()),
        ("sticky", &balance::sticky()),
    ];
    for ((name, policy), (function, made)) in declared().into_iter().zip(functions) {
        assert_eq!(name, function);
        assert_eq!(policy, format!("Policy({made:?})"), "the attribute");
        let by_name = balance::by_name(name).expect("known to settings");
        assert_eq!(format!("{by_name:?}"), policy, "settings");
    }
    assert!(SilentClient::BALANCE.is_none());
}

/// What the attribute and what settings say that there is: both list all of it when they refuse a name.
#[test]
fn the_attribute_and_settings_know_the_same_names() {
    let by_attribute = include_str!("../../../ui/cases/balance/unknown.stderr").lines().next();
    let refused = serde_json::from_value::<Settings>(json!({"balance": "fastest"})).unwrap_err();
    let names = |message: &str| -> Vec<String> {
        let quoted = message.split('`').skip(1).step_by(2);
        let names = quoted.skip_while(|word| *word == "fastest");
        names.take_while(|word| !word.contains(['.', ':'])).map(str::to_owned).collect()
    };
    let by_settings = names(&refused.to_string());
    assert_eq!(names(by_attribute.unwrap()), by_settings);
    assert_eq!(by_settings, declared().into_iter().map(|(name, _)| name).collect::<Vec<_>>());
}
