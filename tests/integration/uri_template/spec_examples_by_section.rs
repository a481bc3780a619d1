//! Generated from `tests/data/uri-template/spec-examples-by-section.json` by `generate.rs`; not to be edited.
//! `UPDATE_EXPECT=1 cargo test --test integration as_generated` writes it again.

use super::check;

// 2.1 Literals
#[test]
fn section_2_1_literals() {
    let count = &["one", "two", "three"][..];
    check("'{count}'", feign::__template!("'{count}'", count = count), &["'one,two,three'"]);
}

// 3.2.1 Variable Expansion
#[test]
fn section_3_2_1_variable_expansion() {
    let count = &["one", "two", "three"][..];
    check("{count}", feign::__template!("{count}", count = count), &["one,two,three"]);
    check("{count*}", feign::__template!("{count*}", count = count), &["one,two,three"]);
    check("{/count}", feign::__template!("{/count}", count = count), &["/one,two,three"]);
    check("{/count*}", feign::__template!("{/count*}", count = count), &["/one/two/three"]);
    check("{;count}", feign::__template!("{;count}", count = count), &[";count=one,two,three"]);
    check("{;count*}", feign::__template!("{;count*}", count = count), &[";count=one;count=two;count=three"]);
    check("{?count}", feign::__template!("{?count}", count = count), &["?count=one,two,three"]);
    check("{?count*}", feign::__template!("{?count*}", count = count), &["?count=one&count=two&count=three"]);
    check("{&count*}", feign::__template!("{&count*}", count = count), &["&count=one&count=two&count=three"]);
}

// 3.2.2 Simple String Expansion
#[test]
fn section_3_2_2_simple_string_expansion() {
    let empty = "";
    let half = "50%";
    let hello = "Hello World!";
    let keys = &[("comma", ","), ("dot", "."), ("semi", ";")][..];
    let list = &["red", "green", "blue"][..];
    let undef = None::<&str>;
    let var = "value";
    let x = "1024";
    let y = "768";
    check("{var}", feign::__template!("{var}", var = var), &["value"]);
    check("{hello}", feign::__template!("{hello}", hello = hello), &["Hello%20World%21"]);
    check("{half}", feign::__template!("{half}", half = half), &["50%25"]);
    check("O{empty}X", feign::__template!("O{empty}X", empty = empty), &["OX"]);
    check("O{undef}X", feign::__template!("O{undef}X", undef = undef), &["OX"]);
    check("{x,y}", feign::__template!("{x,y}", x = x, y = y), &["1024,768"]);
    check("{x,hello,y}", feign::__template!("{x,hello,y}", x = x, hello = hello, y = y), &["1024,Hello%20World%21,768"]);
    check("?{x,empty}", feign::__template!("?{x,empty}", x = x, empty = empty), &["?1024,"]);
    check("?{x,undef}", feign::__template!("?{x,undef}", x = x, undef = undef), &["?1024"]);
    check("?{undef,y}", feign::__template!("?{undef,y}", undef = undef, y = y), &["?768"]);
    check("{var:3}", feign::__template!("{var:3}", var = var), &["val"]);
    check("{var:30}", feign::__template!("{var:30}", var = var), &["value"]);
    check("{list}", feign::__template!("{list}", list = list), &["red,green,blue"]);
    check("{list*}", feign::__template!("{list*}", list = list), &["red,green,blue"]);
    check("{keys}", feign::__template!("{keys}", keys = keys), &["comma,%2C,dot,.,semi,%3B", "comma,%2C,semi,%3B,dot,.", "dot,.,comma,%2C,semi,%3B", "dot,.,semi,%3B,comma,%2C", "semi,%3B,comma,%2C,dot,.", "semi,%3B,dot,.,comma,%2C"]);
    check("{keys*}", feign::__template!("{keys*}", keys = keys), &["comma=%2C,dot=.,semi=%3B", "comma=%2C,semi=%3B,dot=.", "dot=.,comma=%2C,semi=%3B", "dot=.,semi=%3B,comma=%2C", "semi=%3B,comma=%2C,dot=.", "semi=%3B,dot=.,comma=%2C"]);
}

// 3.2.3 Reserved Expansion
#[test]
fn section_3_2_3_reserved_expansion() {
    let base = "http://example.com/home/";
    let empty = "";
    let half = "50%";
    let hello = "Hello World!";
    let keys = &[("comma", ","), ("dot", "."), ("semi", ";")][..];
    let list = &["red", "green", "blue"][..];
    let path = "/foo/bar";
    let undef = None::<&str>;
    let var = "value";
    let x = "1024";
    let y = "768";
    check("{+var}", feign::__template!("{+var}", var = var), &["value"]);
    check("{/var,empty}", feign::__template!("{/var,empty}", var = var, empty = empty), &["/value/"]);
    check("{/var,undef}", feign::__template!("{/var,undef}", var = var, undef = undef), &["/value"]);
    check("{+hello}", feign::__template!("{+hello}", hello = hello), &["Hello%20World!"]);
    check("{+half}", feign::__template!("{+half}", half = half), &["50%25"]);
    check("{base}index", feign::__template!("{base}index", base = base), &["http%3A%2F%2Fexample.com%2Fhome%2Findex"]);
    check("{+base}index", feign::__template!("{+base}index", base = base), &["http://example.com/home/index"]);
    check("O{+empty}X", feign::__template!("O{+empty}X", empty = empty), &["OX"]);
    check("O{+undef}X", feign::__template!("O{+undef}X", undef = undef), &["OX"]);
    check("{+path}/here", feign::__template!("{+path}/here", path = path), &["/foo/bar/here"]);
    check("{+path:6}/here", feign::__template!("{+path:6}/here", path = path), &["/foo/b/here"]);
    check("here?ref={+path}", feign::__template!("here?ref={+path}", path = path), &["here?ref=/foo/bar"]);
    check("up{+path}{var}/here", feign::__template!("up{+path}{var}/here", path = path, var = var), &["up/foo/barvalue/here"]);
    check("{+x,hello,y}", feign::__template!("{+x,hello,y}", x = x, hello = hello, y = y), &["1024,Hello%20World!,768"]);
    check("{+path,x}/here", feign::__template!("{+path,x}/here", path = path, x = x), &["/foo/bar,1024/here"]);
    check("{+list}", feign::__template!("{+list}", list = list), &["red,green,blue"]);
    check("{+list*}", feign::__template!("{+list*}", list = list), &["red,green,blue"]);
    check("{+keys}", feign::__template!("{+keys}", keys = keys), &["comma,,,dot,.,semi,;", "comma,,,semi,;,dot,.", "dot,.,comma,,,semi,;", "dot,.,semi,;,comma,,", "semi,;,comma,,,dot,.", "semi,;,dot,.,comma,,"]);
    check("{+keys*}", feign::__template!("{+keys*}", keys = keys), &["comma=,,dot=.,semi=;", "comma=,,semi=;,dot=.", "dot=.,comma=,,semi=;", "dot=.,semi=;,comma=,", "semi=;,comma=,,dot=.", "semi=;,dot=.,comma=,"]);
}

// 3.2.4 Fragment Expansion
#[test]
fn section_3_2_4_fragment_expansion() {
    let empty = "";
    let half = "50%";
    let hello = "Hello World!";
    let keys = &[("comma", ","), ("dot", "."), ("semi", ";")][..];
    let list = &["red", "green", "blue"][..];
    let path = "/foo/bar";
    let undef = None::<&str>;
    let var = "value";
    let x = "1024";
    let y = "768";
    check("{#var}", feign::__template!("{#var}", var = var), &["#value"]);
    check("{#hello}", feign::__template!("{#hello}", hello = hello), &["#Hello%20World!"]);
    check("{#half}", feign::__template!("{#half}", half = half), &["#50%25"]);
    check("foo{#empty}", feign::__template!("foo{#empty}", empty = empty), &["foo#"]);
    check("foo{#undef}", feign::__template!("foo{#undef}", undef = undef), &["foo"]);
    check("{#x,hello,y}", feign::__template!("{#x,hello,y}", x = x, hello = hello, y = y), &["#1024,Hello%20World!,768"]);
    check("{#path,x}/here", feign::__template!("{#path,x}/here", path = path, x = x), &["#/foo/bar,1024/here"]);
    check("{#path:6}/here", feign::__template!("{#path:6}/here", path = path), &["#/foo/b/here"]);
    check("{#list}", feign::__template!("{#list}", list = list), &["#red,green,blue"]);
    check("{#list*}", feign::__template!("{#list*}", list = list), &["#red,green,blue"]);
    check("{#keys}", feign::__template!("{#keys}", keys = keys), &["#comma,,,dot,.,semi,;", "#comma,,,semi,;,dot,.", "#dot,.,comma,,,semi,;", "#dot,.,semi,;,comma,,", "#semi,;,comma,,,dot,.", "#semi,;,dot,.,comma,,"]);
}

// 3.2.5 Label Expansion with Dot-Prefix
#[test]
fn section_3_2_5_label_expansion_with_dot_prefix() {
    let dom = &["example", "com"][..];
    let empty = "";
    let empty_keys = &[] as &[(&str, &str)];
    let half = "50%";
    let keys = &[("comma", ","), ("dot", "."), ("semi", ";")][..];
    let list = &["red", "green", "blue"][..];
    let undef = None::<&str>;
    let var = "value";
    let who = "fred";
    check("{.who}", feign::__template!("{.who}", who = who), &[".fred"]);
    check("{.who,who}", feign::__template!("{.who,who}", who = who), &[".fred.fred"]);
    check("{.half,who}", feign::__template!("{.half,who}", half = half, who = who), &[".50%25.fred"]);
    check("www{.dom*}", feign::__template!("www{.dom*}", dom = dom), &["www.example.com"]);
    check("X{.var}", feign::__template!("X{.var}", var = var), &["X.value"]);
    check("X{.var:3}", feign::__template!("X{.var:3}", var = var), &["X.val"]);
    check("X{.empty}", feign::__template!("X{.empty}", empty = empty), &["X."]);
    check("X{.undef}", feign::__template!("X{.undef}", undef = undef), &["X"]);
    check("X{.list}", feign::__template!("X{.list}", list = list), &["X.red,green,blue"]);
    check("X{.list*}", feign::__template!("X{.list*}", list = list), &["X.red.green.blue"]);
    check("{#keys}", feign::__template!("{#keys}", keys = keys), &["#comma,,,dot,.,semi,;", "#comma,,,semi,;,dot,.", "#dot,.,comma,,,semi,;", "#dot,.,semi,;,comma,,", "#semi,;,comma,,,dot,.", "#semi,;,dot,.,comma,,"]);
    check("{#keys*}", feign::__template!("{#keys*}", keys = keys), &["#comma=,,dot=.,semi=;", "#comma=,,semi=;,dot=.", "#dot=.,comma=,,semi=;", "#dot=.,semi=;,comma=,", "#semi=;,comma=,,dot=.", "#semi=;,dot=.,comma=,"]);
    check("X{.empty_keys}", feign::__template!("X{.empty_keys}", empty_keys = empty_keys), &["X"]);
    check("X{.empty_keys*}", feign::__template!("X{.empty_keys*}", empty_keys = empty_keys), &["X"]);
}

// 3.2.6 Path Segment Expansion
#[test]
fn section_3_2_6_path_segment_expansion() {
    let dub = "me/too";
    let empty = "";
    let half = "50%";
    let keys = &[("comma", ","), ("dot", "."), ("semi", ";")][..];
    let list = &["red", "green", "blue"][..];
    let path = "/foo/bar";
    let undef = None::<&str>;
    let var = "value";
    let who = "fred";
    let x = "1024";
    check("{/who}", feign::__template!("{/who}", who = who), &["/fred"]);
    check("{/who,who}", feign::__template!("{/who,who}", who = who), &["/fred/fred"]);
    check("{/half,who}", feign::__template!("{/half,who}", half = half, who = who), &["/50%25/fred"]);
    check("{/who,dub}", feign::__template!("{/who,dub}", who = who, dub = dub), &["/fred/me%2Ftoo"]);
    check("{/var}", feign::__template!("{/var}", var = var), &["/value"]);
    check("{/var,empty}", feign::__template!("{/var,empty}", var = var, empty = empty), &["/value/"]);
    check("{/var,undef}", feign::__template!("{/var,undef}", var = var, undef = undef), &["/value"]);
    check("{/var,x}/here", feign::__template!("{/var,x}/here", var = var, x = x), &["/value/1024/here"]);
    check("{/var:1,var}", feign::__template!("{/var:1,var}", var = var), &["/v/value"]);
    check("{/list}", feign::__template!("{/list}", list = list), &["/red,green,blue"]);
    check("{/list*}", feign::__template!("{/list*}", list = list), &["/red/green/blue"]);
    check("{/list*,path:4}", feign::__template!("{/list*,path:4}", list = list, path = path), &["/red/green/blue/%2Ffoo"]);
    check("{/keys}", feign::__template!("{/keys}", keys = keys), &["/comma,%2C,dot,.,semi,%3B", "/comma,%2C,semi,%3B,dot,.", "/dot,.,comma,%2C,semi,%3B", "/dot,.,semi,%3B,comma,%2C", "/semi,%3B,comma,%2C,dot,.", "/semi,%3B,dot,.,comma,%2C"]);
    check("{/keys*}", feign::__template!("{/keys*}", keys = keys), &["/comma=%2C/dot=./semi=%3B", "/comma=%2C/semi=%3B/dot=.", "/dot=./comma=%2C/semi=%3B", "/dot=./semi=%3B/comma=%2C", "/semi=%3B/comma=%2C/dot=.", "/semi=%3B/dot=./comma=%2C"]);
}

// 3.2.7 Path-Style Parameter Expansion
#[test]
fn section_3_2_7_path_style_parameter_expansion() {
    let bar = None::<&str>;
    let empty = "";
    let half = "50%";
    let hello = "Hello World!";
    let keys = &[("comma", ","), ("dot", "."), ("semi", ";")][..];
    let list = &["red", "green", "blue"][..];
    let undef = None::<&str>;
    let v = "6";
    let who = "fred";
    let x = "1024";
    let y = "768";
    check("{;who}", feign::__template!("{;who}", who = who), &[";who=fred"]);
    check("{;half}", feign::__template!("{;half}", half = half), &[";half=50%25"]);
    check("{;empty}", feign::__template!("{;empty}", empty = empty), &[";empty"]);
    check("{;hello:5}", feign::__template!("{;hello:5}", hello = hello), &[";hello=Hello"]);
    check("{;v,empty,who}", feign::__template!("{;v,empty,who}", v = v, empty = empty, who = who), &[";v=6;empty;who=fred"]);
    check("{;v,bar,who}", feign::__template!("{;v,bar,who}", v = v, bar = bar, who = who), &[";v=6;who=fred"]);
    check("{;x,y}", feign::__template!("{;x,y}", x = x, y = y), &[";x=1024;y=768"]);
    check("{;x,y,empty}", feign::__template!("{;x,y,empty}", x = x, y = y, empty = empty), &[";x=1024;y=768;empty"]);
    check("{;x,y,undef}", feign::__template!("{;x,y,undef}", x = x, y = y, undef = undef), &[";x=1024;y=768"]);
    check("{;list}", feign::__template!("{;list}", list = list), &[";list=red,green,blue"]);
    check("{;list*}", feign::__template!("{;list*}", list = list), &[";list=red;list=green;list=blue"]);
    check("{;keys}", feign::__template!("{;keys}", keys = keys), &[";keys=comma,%2C,dot,.,semi,%3B", ";keys=comma,%2C,semi,%3B,dot,.", ";keys=dot,.,comma,%2C,semi,%3B", ";keys=dot,.,semi,%3B,comma,%2C", ";keys=semi,%3B,comma,%2C,dot,.", ";keys=semi,%3B,dot,.,comma,%2C"]);
    check("{;keys*}", feign::__template!("{;keys*}", keys = keys), &[";comma=%2C;dot=.;semi=%3B", ";comma=%2C;semi=%3B;dot=.", ";dot=.;comma=%2C;semi=%3B", ";dot=.;semi=%3B;comma=%2C", ";semi=%3B;comma=%2C;dot=.", ";semi=%3B;dot=.;comma=%2C"]);
}

// 3.2.8 Form-Style Query Expansion
#[test]
fn section_3_2_8_form_style_query_expansion() {
    let empty = "";
    let half = "50%";
    let keys = &[("comma", ","), ("dot", "."), ("semi", ";")][..];
    let list = &["red", "green", "blue"][..];
    let undef = None::<&str>;
    let var = "value";
    let who = "fred";
    let x = "1024";
    let y = "768";
    check("{?who}", feign::__template!("{?who}", who = who), &["?who=fred"]);
    check("{?half}", feign::__template!("{?half}", half = half), &["?half=50%25"]);
    check("{?x,y}", feign::__template!("{?x,y}", x = x, y = y), &["?x=1024&y=768"]);
    check("{?x,y,empty}", feign::__template!("{?x,y,empty}", x = x, y = y, empty = empty), &["?x=1024&y=768&empty="]);
    check("{?x,y,undef}", feign::__template!("{?x,y,undef}", x = x, y = y, undef = undef), &["?x=1024&y=768"]);
    check("{?var:3}", feign::__template!("{?var:3}", var = var), &["?var=val"]);
    check("{?list}", feign::__template!("{?list}", list = list), &["?list=red,green,blue"]);
    check("{?list*}", feign::__template!("{?list*}", list = list), &["?list=red&list=green&list=blue"]);
    check("{?keys}", feign::__template!("{?keys}", keys = keys), &["?keys=comma,%2C,dot,.,semi,%3B", "?keys=comma,%2C,semi,%3B,dot,.", "?keys=dot,.,comma,%2C,semi,%3B", "?keys=dot,.,semi,%3B,comma,%2C", "?keys=semi,%3B,comma,%2C,dot,.", "?keys=semi,%3B,dot,.,comma,%2C"]);
    check("{?keys*}", feign::__template!("{?keys*}", keys = keys), &["?comma=%2C&dot=.&semi=%3B", "?comma=%2C&semi=%3B&dot=.", "?dot=.&comma=%2C&semi=%3B", "?dot=.&semi=%3B&comma=%2C", "?semi=%3B&comma=%2C&dot=.", "?semi=%3B&dot=.&comma=%2C"]);
}

// 3.2.9 Form-Style Query Continuation
#[test]
fn section_3_2_9_form_style_query_continuation() {
    let empty = "";
    let half = "50%";
    let keys = &[("comma", ","), ("dot", "."), ("semi", ";")][..];
    let list = &["red", "green", "blue"][..];
    let undef = None::<&str>;
    let var = "value";
    let who = "fred";
    let x = "1024";
    let y = "768";
    check("{&who}", feign::__template!("{&who}", who = who), &["&who=fred"]);
    check("{&half}", feign::__template!("{&half}", half = half), &["&half=50%25"]);
    check("?fixed=yes{&x}", feign::__template!("?fixed=yes{&x}", x = x), &["?fixed=yes&x=1024"]);
    check("{&var:3}", feign::__template!("{&var:3}", var = var), &["&var=val"]);
    check("{&x,y,empty}", feign::__template!("{&x,y,empty}", x = x, y = y, empty = empty), &["&x=1024&y=768&empty="]);
    check("{&x,y,undef}", feign::__template!("{&x,y,undef}", x = x, y = y, undef = undef), &["&x=1024&y=768"]);
    check("{&list}", feign::__template!("{&list}", list = list), &["&list=red,green,blue"]);
    check("{&list*}", feign::__template!("{&list*}", list = list), &["&list=red&list=green&list=blue"]);
    check("{&keys}", feign::__template!("{&keys}", keys = keys), &["&keys=comma,%2C,dot,.,semi,%3B", "&keys=comma,%2C,semi,%3B,dot,.", "&keys=dot,.,comma,%2C,semi,%3B", "&keys=dot,.,semi,%3B,comma,%2C", "&keys=semi,%3B,comma,%2C,dot,.", "&keys=semi,%3B,dot,.,comma,%2C"]);
    check("{&keys*}", feign::__template!("{&keys*}", keys = keys), &["&comma=%2C&dot=.&semi=%3B", "&comma=%2C&semi=%3B&dot=.", "&dot=.&comma=%2C&semi=%3B", "&dot=.&semi=%3B&comma=%2C", "&semi=%3B&comma=%2C&dot=.", "&semi=%3B&dot=.&comma=%2C"]);
}
