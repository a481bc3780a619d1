//! Generated from `tests/data/uri-template/spec-examples.json` by `generate.rs`; not to be edited.
//! `UPDATE_EXPECT=1 cargo test --test integration as_generated` writes it again.

use super::check;

// Level 1 Examples
#[test]
fn level_1_examples() {
    let hello = "Hello World!";
    let var = "value";
    check("{var}", feign::__template!("{var}", var = var), &["value"]);
    check("'{var}'", feign::__template!("'{var}'", var = var), &["'value'"]);
    check("{hello}", feign::__template!("{hello}", hello = hello), &["Hello%20World%21"]);
}

// Level 2 Examples
#[test]
fn level_2_examples() {
    let hello = "Hello World!";
    let path = "/foo/bar";
    let var = "value";
    check("{+var}", feign::__template!("{+var}", var = var), &["value"]);
    check("{+hello}", feign::__template!("{+hello}", hello = hello), &["Hello%20World!"]);
    check("{+path}/here", feign::__template!("{+path}/here", path = path), &["/foo/bar/here"]);
    check("here?ref={+path}", feign::__template!("here?ref={+path}", path = path), &["here?ref=/foo/bar"]);
}

// Level 3 Examples
#[test]
fn level_3_examples() {
    let empty = "";
    let hello = "Hello World!";
    let path = "/foo/bar";
    let var = "value";
    let x = "1024";
    let y = "768";
    check("map?{x,y}", feign::__template!("map?{x,y}", x = x, y = y), &["map?1024,768"]);
    check("{x,hello,y}", feign::__template!("{x,hello,y}", x = x, hello = hello, y = y), &["1024,Hello%20World%21,768"]);
    check("{+x,hello,y}", feign::__template!("{+x,hello,y}", x = x, hello = hello, y = y), &["1024,Hello%20World!,768"]);
    check("{+path,x}/here", feign::__template!("{+path,x}/here", path = path, x = x), &["/foo/bar,1024/here"]);
    check("{#x,hello,y}", feign::__template!("{#x,hello,y}", x = x, hello = hello, y = y), &["#1024,Hello%20World!,768"]);
    check("{#path,x}/here", feign::__template!("{#path,x}/here", path = path, x = x), &["#/foo/bar,1024/here"]);
    check("X{.var}", feign::__template!("X{.var}", var = var), &["X.value"]);
    check("X{.x,y}", feign::__template!("X{.x,y}", x = x, y = y), &["X.1024.768"]);
    check("{/var}", feign::__template!("{/var}", var = var), &["/value"]);
    check("{/var,x}/here", feign::__template!("{/var,x}/here", var = var, x = x), &["/value/1024/here"]);
    check("{;x,y}", feign::__template!("{;x,y}", x = x, y = y), &[";x=1024;y=768"]);
    check("{;x,y,empty}", feign::__template!("{;x,y,empty}", x = x, y = y, empty = empty), &[";x=1024;y=768;empty"]);
    check("{?x,y}", feign::__template!("{?x,y}", x = x, y = y), &["?x=1024&y=768"]);
    check("{?x,y,empty}", feign::__template!("{?x,y,empty}", x = x, y = y, empty = empty), &["?x=1024&y=768&empty="]);
    check("?fixed=yes{&x}", feign::__template!("?fixed=yes{&x}", x = x), &["?fixed=yes&x=1024"]);
    check("{&x,y,empty}", feign::__template!("{&x,y,empty}", x = x, y = y, empty = empty), &["&x=1024&y=768&empty="]);
}

// Level 4 Examples
#[test]
fn level_4_examples() {
    let hello = "Hello World!";
    let keys = &[("comma", ","), ("dot", "."), ("semi", ";")][..];
    let list = &["red", "green", "blue"][..];
    let path = "/foo/bar";
    let var = "value";
    check("{var:3}", feign::__template!("{var:3}", var = var), &["val"]);
    check("{var:30}", feign::__template!("{var:30}", var = var), &["value"]);
    check("{list}", feign::__template!("{list}", list = list), &["red,green,blue"]);
    check("{list*}", feign::__template!("{list*}", list = list), &["red,green,blue"]);
    check("{keys}", feign::__template!("{keys}", keys = keys), &["comma,%2C,dot,.,semi,%3B", "comma,%2C,semi,%3B,dot,.", "dot,.,comma,%2C,semi,%3B", "dot,.,semi,%3B,comma,%2C", "semi,%3B,comma,%2C,dot,.", "semi,%3B,dot,.,comma,%2C"]);
    check("{keys*}", feign::__template!("{keys*}", keys = keys), &["comma=%2C,dot=.,semi=%3B", "comma=%2C,semi=%3B,dot=.", "dot=.,comma=%2C,semi=%3B", "dot=.,semi=%3B,comma=%2C", "semi=%3B,comma=%2C,dot=.", "semi=%3B,dot=.,comma=%2C"]);
    check("{+path:6}/here", feign::__template!("{+path:6}/here", path = path), &["/foo/b/here"]);
    check("{+list}", feign::__template!("{+list}", list = list), &["red,green,blue"]);
    check("{+list*}", feign::__template!("{+list*}", list = list), &["red,green,blue"]);
    check("{+keys}", feign::__template!("{+keys}", keys = keys), &["comma,,,dot,.,semi,;", "comma,,,semi,;,dot,.", "dot,.,comma,,,semi,;", "dot,.,semi,;,comma,,", "semi,;,comma,,,dot,.", "semi,;,dot,.,comma,,"]);
    check("{+keys*}", feign::__template!("{+keys*}", keys = keys), &["comma=,,dot=.,semi=;", "comma=,,semi=;,dot=.", "dot=.,comma=,,semi=;", "dot=.,semi=;,comma=,", "semi=;,comma=,,dot=.", "semi=;,dot=.,comma=,"]);
    check("{#path:6}/here", feign::__template!("{#path:6}/here", path = path), &["#/foo/b/here"]);
    check("{#list}", feign::__template!("{#list}", list = list), &["#red,green,blue"]);
    check("{#list*}", feign::__template!("{#list*}", list = list), &["#red,green,blue"]);
    check("{#keys}", feign::__template!("{#keys}", keys = keys), &["#comma,,,dot,.,semi,;", "#comma,,,semi,;,dot,.", "#dot,.,comma,,,semi,;", "#dot,.,semi,;,comma,,", "#semi,;,comma,,,dot,.", "#semi,;,dot,.,comma,,"]);
    check("{#keys*}", feign::__template!("{#keys*}", keys = keys), &["#comma=,,dot=.,semi=;", "#comma=,,semi=;,dot=.", "#dot=.,comma=,,semi=;", "#dot=.,semi=;,comma=,", "#semi=;,comma=,,dot=.", "#semi=;,dot=.,comma=,"]);
    check("X{.var:3}", feign::__template!("X{.var:3}", var = var), &["X.val"]);
    check("X{.list}", feign::__template!("X{.list}", list = list), &["X.red,green,blue"]);
    check("X{.list*}", feign::__template!("X{.list*}", list = list), &["X.red.green.blue"]);
    check("X{.keys}", feign::__template!("X{.keys}", keys = keys), &["X.comma,%2C,dot,.,semi,%3B", "X.comma,%2C,semi,%3B,dot,.", "X.dot,.,comma,%2C,semi,%3B", "X.dot,.,semi,%3B,comma,%2C", "X.semi,%3B,comma,%2C,dot,.", "X.semi,%3B,dot,.,comma,%2C"]);
    check("{/var:1,var}", feign::__template!("{/var:1,var}", var = var), &["/v/value"]);
    check("{/list}", feign::__template!("{/list}", list = list), &["/red,green,blue"]);
    check("{/list*}", feign::__template!("{/list*}", list = list), &["/red/green/blue"]);
    check("{/list*,path:4}", feign::__template!("{/list*,path:4}", list = list, path = path), &["/red/green/blue/%2Ffoo"]);
    check("{/keys}", feign::__template!("{/keys}", keys = keys), &["/comma,%2C,dot,.,semi,%3B", "/comma,%2C,semi,%3B,dot,.", "/dot,.,comma,%2C,semi,%3B", "/dot,.,semi,%3B,comma,%2C", "/semi,%3B,comma,%2C,dot,.", "/semi,%3B,dot,.,comma,%2C"]);
    check("{/keys*}", feign::__template!("{/keys*}", keys = keys), &["/comma=%2C/dot=./semi=%3B", "/comma=%2C/semi=%3B/dot=.", "/dot=./comma=%2C/semi=%3B", "/dot=./semi=%3B/comma=%2C", "/semi=%3B/comma=%2C/dot=.", "/semi=%3B/dot=./comma=%2C"]);
    check("{;hello:5}", feign::__template!("{;hello:5}", hello = hello), &[";hello=Hello"]);
    check("{;list}", feign::__template!("{;list}", list = list), &[";list=red,green,blue"]);
    check("{;list*}", feign::__template!("{;list*}", list = list), &[";list=red;list=green;list=blue"]);
    check("{;keys}", feign::__template!("{;keys}", keys = keys), &[";keys=comma,%2C,dot,.,semi,%3B", ";keys=comma,%2C,semi,%3B,dot,.", ";keys=dot,.,comma,%2C,semi,%3B", ";keys=dot,.,semi,%3B,comma,%2C", ";keys=semi,%3B,comma,%2C,dot,.", ";keys=semi,%3B,dot,.,comma,%2C"]);
    check("{;keys*}", feign::__template!("{;keys*}", keys = keys), &[";comma=%2C;dot=.;semi=%3B", ";comma=%2C;semi=%3B;dot=.", ";dot=.;comma=%2C;semi=%3B", ";dot=.;semi=%3B;comma=%2C", ";semi=%3B;comma=%2C;dot=.", ";semi=%3B;dot=.;comma=%2C"]);
    check("{?var:3}", feign::__template!("{?var:3}", var = var), &["?var=val"]);
    check("{?list}", feign::__template!("{?list}", list = list), &["?list=red,green,blue"]);
    check("{?list*}", feign::__template!("{?list*}", list = list), &["?list=red&list=green&list=blue"]);
    check("{?keys}", feign::__template!("{?keys}", keys = keys), &["?keys=comma,%2C,dot,.,semi,%3B", "?keys=comma,%2C,semi,%3B,dot,.", "?keys=dot,.,comma,%2C,semi,%3B", "?keys=dot,.,semi,%3B,comma,%2C", "?keys=semi,%3B,comma,%2C,dot,.", "?keys=semi,%3B,dot,.,comma,%2C"]);
    check("{?keys*}", feign::__template!("{?keys*}", keys = keys), &["?comma=%2C&dot=.&semi=%3B", "?comma=%2C&semi=%3B&dot=.", "?dot=.&comma=%2C&semi=%3B", "?dot=.&semi=%3B&comma=%2C", "?semi=%3B&comma=%2C&dot=.", "?semi=%3B&dot=.&comma=%2C"]);
    check("{&var:3}", feign::__template!("{&var:3}", var = var), &["&var=val"]);
    check("{&list}", feign::__template!("{&list}", list = list), &["&list=red,green,blue"]);
    check("{&list*}", feign::__template!("{&list*}", list = list), &["&list=red&list=green&list=blue"]);
    check("{&keys}", feign::__template!("{&keys}", keys = keys), &["&keys=comma,%2C,dot,.,semi,%3B", "&keys=comma,%2C,semi,%3B,dot,.", "&keys=dot,.,comma,%2C,semi,%3B", "&keys=dot,.,semi,%3B,comma,%2C", "&keys=semi,%3B,comma,%2C,dot,.", "&keys=semi,%3B,dot,.,comma,%2C"]);
    check("{&keys*}", feign::__template!("{&keys*}", keys = keys), &["&comma=%2C&dot=.&semi=%3B", "&comma=%2C&semi=%3B&dot=.", "&dot=.&comma=%2C&semi=%3B", "&dot=.&semi=%3B&comma=%2C", "&semi=%3B&comma=%2C&dot=.", "&semi=%3B&dot=.&comma=%2C"]);
}
