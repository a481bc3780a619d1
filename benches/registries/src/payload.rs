//! Registries as Spring's server writes them: 200 services of 50 instances.

use std::fmt::Write as _;

const SERVICES: usize = 200;
const INSTANCES: usize = 50;

/// A whole registry; about 12 MB.
pub(crate) fn full() -> Vec<u8> {
    let mut text = format!(
        r#"{{"applications":{{"versions__delta":"1","apps__hashcode":"UP_{}_","application":["#,
        SERVICES * INSTANCES
    );
    for service in 0..SERVICES {
        let comma = if service > 0 { "," } else { "" };
        let _ = write!(text, r#"{comma}{{"name":"SERVICE-{service}","instance":["#);
        for number in 0..INSTANCES {
            text.push_str(if number > 0 { "," } else { "" });
            instance(&mut text, service, number, 1);
        }
        text.push_str("]}");
    }
    text.push_str("]}}");
    text.into_bytes()
}

/// One change: an instance of the first service that has something new to say each time.
pub(crate) fn delta(version: usize) -> Vec<u8> {
    let mut text = format!(
        r#"{{"applications":{{"versions__delta":"{version}","apps__hashcode":"UP_{}_","application":[{{"name":"SERVICE-0","instance":["#,
        SERVICES * INSTANCES
    );
    instance(&mut text, 0, 7, version);
    text.push_str("]}]}}");
    text.into_bytes()
}

fn instance(text: &mut String, service: usize, number: usize, version: usize) {
    let ip = format!("10.{}.{}.{number}", service / 256, service % 256);
    let _ = write!(
        text,
        concat!(
            r#"{{"instanceId":"{ip}:service-{service}:8080","hostName":"{ip}","app":"SERVICE-{service}","ipAddr":"{ip}","#,
            r#""status":"UP","overriddenStatus":"UNKNOWN","port":{{"$":8080,"@enabled":"true"}},"#,
            r#""securePort":{{"$":443,"@enabled":"false"}},"countryId":1,"dataCenterInfo":{{"@class":"#,
            r#""com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo","name":"MyOwn"}},"#,
            r#""leaseInfo":{{"renewalIntervalInSecs":30,"durationInSecs":90,"registrationTimestamp":1795369347050,"#,
            r#""lastRenewalTimestamp":1795369347050,"evictionTimestamp":0,"serviceUpTimestamp":1795369347050}},"#,
            r#""metadata":{{"zone":"z{zone}","management.port":"8080","version":"{version}"}},"#,
            r#""homePageUrl":"http://{ip}:8080/","statusPageUrl":"http://{ip}:8080/actuator/info","#,
            r#""healthCheckUrl":"http://{ip}:8080/actuator/health","vipAddress":"service-{service}","#,
            r#""secureVipAddress":"service-{service}","isCoordinatingDiscoveryServer":"false","#,
            r#""lastUpdatedTimestamp":"1795369347051","lastDirtyTimestamp":"1795369346970","actionType":"ADDED"}}"#,
        ),
        ip = ip,
        service = service,
        zone = number % 3,
        version = version,
    );
}
