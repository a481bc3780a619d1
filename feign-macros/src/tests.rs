//! Whole expansions: what is said, in which order, and what stands in the output.

use proc_macro2::TokenStream;

fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn expanded(args: &str, item: &str) -> String {
    crate::expand_client(tokens(args), tokens(item)).to_string()
}

/// The beginning of each message, in the order in which rustc shows them.
fn messages(args: &str, item: &str) -> Vec<String> {
    let output = expanded(args, item);
    let messages = output.split(":: core :: compile_error ! { \"").skip(1);
    messages
        .map(|message| message.split(['`', ';']).nth(1).unwrap_or_default().to_owned())
        .collect()
}

const RESULT: &str = "-> Result<(), feign::Error>";

#[test]
fn mistakes_are_shown_at_once_in_the_order_of_the_source() {
    let item = format!(
        "#[timeout(\"first\")]
        trait Api {{
            #[get(\"second\")]
            #[tags(third, third)]
            async fn a(&self, #[fourth] x: u8) {RESULT};
            async fn fifth(&self) {RESULT};
            #[get(\"/b\")]
            async fn b(&self, #[query(sixth)] x: u8, seventh: u8) {RESULT};
            const eighth: u8;
        }}"
    );
    let found = messages("zeroth = 1", &item);
    let order = [
        "zeroth",
        "first",
        "second",
        "third",
        "#[fourth]",
        "fifth",
        "#[query]",
        "seventh",
        "eighth",
    ];
    assert_eq!(found, order);
}

#[test]
fn what_is_good_stays_whole_beside_a_mistake() {
    let item = format!(
        "trait Api {{
            #[get(\"bad\")] async fn bad(&self) {RESULT};
            #[get(\"/good\")] async fn good(&self) {RESULT};
        }}"
    );
    let output = expanded("dyn", &item);
    assert_eq!(output.matches("compile_error").count(), 1);
    assert!(output.contains("literal (& mut request , \"/good\")"), "{output}");
    assert!(output.contains(":: core :: future :: pending"), "{output}");
    assert!(output.contains("trait DynApi"), "{output}");
    assert!(output.contains("const BAD") && output.contains("const GOOD"), "{output}");
}

#[test]
fn a_member_that_does_not_parse_hides_no_other() {
    let item = format!(
        "trait Api {{
            #[get(\"/a\")] async fn a(&self, x) {RESULT};
            #[get(\"b\")] async fn b(&self) {RESULT};
            #[get(\"/c\")] async fn c(&self) {RESULT};
        }}"
    );
    let output = expanded("", &item);
    assert_eq!(output.matches("compile_error").count(), 2, "{output}");
    assert!(output.contains("const C"), "{output}");
}

#[test]
fn no_name_is_looked_up_in_a_prelude() {
    let item = "pub trait Api<'a, T: Clone> { #[get(\"/{x}\")] #[timeout(\"1s\")] async fn a(&self, #[hash_key] x: u8) -> R<T>; }";
    let output = expanded("service = \"s\", balance = ewma, dyn, partial, crate = ::mine", item);
    assert!(output.contains("BALANCE") && output.contains("hash_key"), "{output}");
    assert!(!output.contains("compile_error"), "{output}");
    for bare in [
        " Some ", " None ", " Ok ", " Err ", " Box ", " Send ", " Sync ", " Sized ", " Result ",
        "feign",
    ] {
        let found = output.match_indices(bare).find(|(at, _)| {
            let before = output.get(..*at).unwrap_or_default();
            !before.ends_with("::") && bare != "feign"
        });
        assert!(found.is_none(), "{bare}: {output}");
    }
    assert!(!output.contains(":: feign"), "{output}");
}

/// Each token of it would be paid for by every declaration.
#[test]
fn what_is_not_declared_is_not_printed() {
    let item = format!(
        "trait Api {{ #[get(\"/{{a}}\")] async fn a(&self, a: u8, #[query] b: u8) {RESULT}; }}"
    );
    let output = expanded("service = \"s\"", &item);
    for word in ["BALANCE", "Policy", "hash_key"] {
        assert!(!output.contains(word), "{word}: {output}");
    }
}

#[test]
fn the_output_is_the_same_every_time() {
    let item = format!(
        "trait Api {{ #[get(\"/{{a}}{{?b,c*}}\")] async fn a(&self, a: u8, b: u8, c: &[u8]) {RESULT}; }}"
    );
    assert_eq!(expanded("dyn", &item), expanded("dyn", &item));
}
