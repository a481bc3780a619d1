//! A name server of a test, which answers as it is told.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};

use hickory_resolver::proto::op::{Edns, Message, ResponseCode};
use hickory_resolver::proto::rr::rdata::{CNAME, SOA, SRV};
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::task::AbortHandle;

/// A name server on a free port, over UDP and TCP, stopped when it is dropped.
pub(super) struct NameServer {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    tasks: [AbortHandle; 2],
}

#[derive(Default)]
struct State {
    records: HashMap<Name, Vec<Record>>,
    ways: HashMap<(Name, RecordType), Way>,
    glue: bool,
    udp: usize,
    tcp: usize,
    asked: HashMap<Name, usize>,
}

/// How a question is answered where it is not by what there is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    Code(ResponseCode),
    Silence,
    /// The right id, and nothing that follows from it.
    Garbage,
    /// A record that claims more bytes than there are.
    Lie,
}

fn name(text: &str) -> Name {
    Name::from_ascii(text).unwrap().to_lowercase()
}

impl NameServer {
    pub(super) async fn start() -> Self {
        let (udp, tcp) = loop {
            let tcp = TcpListener::bind("127.0.0.1:0").await.unwrap();
            match UdpSocket::bind(tcp.local_addr().unwrap()).await {
                Ok(udp) => break (udp, tcp),
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
                Err(error) => panic!("{error}"),
            }
        };
        let address = udp.local_addr().unwrap();
        let state = Arc::default();
        let over_udp = tokio::spawn(serve_udp(udp, Arc::clone(&state)));
        let over_tcp = tokio::spawn(serve_tcp(tcp, Arc::clone(&state)));
        Self { address, state, tasks: [over_udp.abort_handle(), over_tcp.abort_handle()] }
    }

    pub(super) fn address(&self) -> String {
        self.address.to_string()
    }

    /// Gives a name these addresses and no others.
    pub(super) fn addresses(&self, of: &str, ttl: u32, addresses: &[&str]) {
        let data = |&address: &&str| match address.parse().unwrap() {
            IpAddr::V4(v4) => RData::A(v4.into()),
            IpAddr::V6(v6) => RData::AAAA(v6.into()),
        };
        self.set(of, ttl, addresses.iter().map(data));
    }

    /// Gives a name these services: priority, weight, port, target.
    pub(super) fn services(&self, of: &str, ttl: u32, services: &[(u16, u16, u16, &str)]) {
        let data = |&(priority, weight, port, target): &(u16, u16, u16, &str)| {
            RData::SRV(SRV::new(priority, weight, port, name(target)))
        };
        self.set(of, ttl, services.iter().map(data));
    }

    pub(super) fn alias(&self, of: &str, ttl: u32, to: &str) {
        self.set(of, ttl, [RData::CNAME(CNAME(name(to)))]);
    }

    /// A name with a record that nobody asks for.
    pub(super) fn unrelated(&self, of: &str) {
        self.set(of, 0, [RData::NS(hickory_resolver::proto::rr::rdata::NS(name("ns.test.")))]);
    }

    pub(super) fn remove(&self, of: &str) {
        self.state.lock().unwrap().records.remove(&name(of));
    }

    fn set(&self, of: &str, ttl: u32, data: impl IntoIterator<Item = RData>) {
        let record = |data| Record::from_rdata(name(of), ttl, data);
        let records = data.into_iter().map(record).collect();
        self.state.lock().unwrap().records.insert(name(of), records);
    }

    /// Answers a question for some kind of record in another way; `None` is the usual one.
    pub(super) fn answers(&self, of: &str, kinds: &[RecordType], way: impl Into<Option<Way>>) {
        let way = way.into();
        let ways = &mut self.state.lock().unwrap().ways;
        for &kind in kinds {
            match way {
                Some(way) => ways.insert((name(of), kind), way),
                None => ways.remove(&(name(of), kind)),
            };
        }
    }

    /// Sends the addresses of targets along.
    pub(super) fn sends_glue(&self) {
        self.state.lock().unwrap().glue = true;
    }

    /// How many questions came over UDP.
    pub(super) fn over_udp(&self) -> usize {
        self.state.lock().unwrap().udp
    }

    /// How many questions came over TCP.
    pub(super) fn over_tcp(&self) -> usize {
        self.state.lock().unwrap().tcp
    }

    /// How many questions came for a name.
    pub(super) fn asked_for(&self, of: &str) -> usize {
        self.state.lock().unwrap().asked.get(&name(of)).copied().unwrap_or_default()
    }
}

impl Drop for NameServer {
    fn drop(&mut self) {
        self.tasks.iter().for_each(AbortHandle::abort);
    }
}

async fn serve_udp(socket: UdpSocket, state: Arc<Mutex<State>>) {
    let mut buffer = [0; 2000];
    while let Ok((length, peer)) = socket.recv_from(&mut buffer).await {
        let question = Message::from_vec(&buffer[..length]).unwrap();
        let answer = {
            let mut state = state.lock().unwrap();
            state.udp += 1;
            let most = question.edns.as_ref().map_or(512, Edns::max_payload).into();
            state.answer(&question).map(|answer| match answer {
                Ok(message) => fitting(&message, most),
                Err(bytes) => bytes,
            })
        };
        if let Some(answer) = answer {
            socket.send_to(&answer, peer).await.unwrap();
        }
    }
}

/// One that is too long says so, and has no records.
fn fitting(message: &Message, most: usize) -> Vec<u8> {
    let bytes = message.to_vec().unwrap();
    if bytes.len() <= most { bytes } else { message.truncate().to_vec().unwrap() }
}

async fn serve_tcp(listener: TcpListener, state: Arc<Mutex<State>>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(serve_stream(stream, Arc::clone(&state)));
    }
}

/// Each message behind its length (RFC 1035, 4.2.2).
async fn serve_stream(mut stream: TcpStream, state: Arc<Mutex<State>>) -> io::Result<()> {
    loop {
        let mut question = vec![0; stream.read_u16().await?.into()];
        stream.read_exact(&mut question).await?;
        let question = Message::from_vec(&question).unwrap();
        let answer = {
            let mut state = state.lock().unwrap();
            state.tcp += 1;
            state
                .answer(&question)
                .map(|answer| answer.map_or_else(|it| it, |it| it.to_vec().unwrap()))
        };
        if let Some(answer) = answer {
            stream.write_u16(answer.len().try_into().unwrap()).await?;
            stream.write_all(&answer).await?;
        }
    }
}

impl State {
    /// A message, or bytes that are none, or nothing.
    fn answer(&mut self, question: &Message) -> Option<Result<Message, Vec<u8>>> {
        let query = question.queries[0].clone();
        let (of, kind) = (query.name().to_lowercase(), query.query_type());
        *self.asked.entry(of.clone()).or_default() += 1;
        let mut answer = question.clone().into_response();
        // What somebody else than a question would have in it.
        answer.additionals.clear();
        match self.ways.get(&(of.clone(), kind)) {
            Some(Way::Silence) => return None,
            Some(Way::Garbage) => {
                let mut bytes = question.id.to_be_bytes().to_vec();
                bytes.extend([0xff; 20]);
                return Some(Err(bytes));
            }
            Some(Way::Lie) => {
                let address = RData::A(std::net::Ipv4Addr::LOCALHOST.into());
                answer.add_answer(Record::from_rdata(of, 60, address));
                let mut bytes = answer.to_vec().unwrap();
                bytes.truncate(bytes.len() - 20);
                return Some(Err(bytes));
            }
            Some(Way::Code(code)) => answer.metadata.response_code = *code,
            None => self.fill(&mut answer, of, kind),
        }
        Some(Ok(answer))
    }

    fn fill(&mut self, answer: &mut Message, mut of: Name, kind: RecordType) {
        // Aliases are followed, their records first.
        while let Some([alias]) = self.records.get(&of).map(Vec::as_slice)
            && let RData::CNAME(CNAME(to)) = &alias.data
        {
            answer.add_answer(alias.clone());
            of = to.clone();
        }
        let Some(records) = self.records.get_mut(&of) else {
            answer.metadata.response_code = ResponseCode::NXDomain;
            answer.add_authority(authority());
            return;
        };
        // As real ones do, so that nobody relies on their order.
        if !records.is_empty() {
            records.rotate_left(1);
        }
        let records: Vec<_> =
            records.iter().filter(|record| record.record_type() == kind).cloned().collect();
        if records.is_empty() {
            answer.add_authority(authority());
        }
        for record in records {
            if let (true, RData::SRV(srv)) = (self.glue, &record.data) {
                answer.add_additionals(self.records.get(&srv.target).cloned().unwrap_or_default());
            }
            answer.add_answer(record);
        }
    }
}

/// Says for how long there is nothing: two seconds.
fn authority() -> Record {
    let soa = SOA::new(name("ns.test."), name("hostmaster.test."), 1, 3600, 600, 86400, 2);
    Record::from_rdata(name("svc.test."), 2, RData::SOA(soa))
}
