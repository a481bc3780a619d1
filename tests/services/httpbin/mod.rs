//! go-httpbin, which answers by what it understood.

mod auth;
mod bodies;
mod codecs;
mod cookies;
mod encodings;
mod faults;
mod forms;
mod headers;
mod json;
mod params;
mod redirects;
mod server;
mod status;
mod streams;
mod time;
mod tls;
mod verbs;

use libtest_mimic::Trial;

use crate::support::{scenes, trials};
use server::{Echo, Httpbin, SecureHttpbin};

pub(crate) fn all() -> Vec<Trial> {
    let mut all = trials::<Httpbin>(scenes![
        "httpbin":
        verbs::each_arrives_as_itself,
        verbs::a_wrong_one_is_refused,
        params::a_path_is_what_the_router_decodes,
        params::a_query_is_what_the_server_decodes,
        headers::only_what_was_said_is_sent,
        headers::those_of_the_answer_are_there,
        json::documents_in_both_directions,
        json::anything_else_says_what_came,
        json::text_in_every_script,
        bodies::text_bytes_and_streams_arrive_whole,
        bodies::too_large_is_said_in_time,
        bodies::part_of_a_resource,
        bodies::what_has_not_changed,
        forms::fields,
        forms::a_struct,
        forms::parts,
        forms::files_and_streams_as_parts,
        codecs::xml,
        codecs::message_pack,
        encodings::gzip_and_deflate_from_the_server,
        encodings::brotli_and_zstd_from_a_relay,
        encodings::a_lie_is_an_error,
        encodings::a_limit_counts_what_was_decoded,
        encodings::requests_are_compressed_on_demand,
        redirects::off_by_default,
        redirects::on_where_asked_for,
        redirects::verb_and_body,
        redirects::never_to_another_host,
        redirects::a_link_is_followed_by_hand,
        auth::basic,
        auth::bearer,
        cookies::none_is_kept,
        cookies::one_is_sent_where_declared,
        streams::lines,
        streams::lines_go_up,
        streams::bytes,
        streams::events,
        streams::a_dropped_one_ends_at_the_server,
        streams::trailers_do_no_harm,
        time::a_delay_within_the_limit,
        time::a_delay_beyond_the_limit,
        time::a_drip_and_the_limits,
        time::many_calls_at_once,
        status::every_one_from_200_to_599,
        status::every_one_let_through,
        status::none_where_there_is_nothing,
        faults::unstable,
        faults::killed_and_started_again,
        faults::events_go_on_after_a_kill,
        faults::a_relay_killed_in_the_middle,
    ]);
    all.extend(trials::<SecureHttpbin>(scenes![
        "httpbin":
        tls::http_2_with_whom_is_trusted,
        tls::nothing_is_sent_to_whom_is_not,
        tls::one_side_only,
    ]));
    all
}
