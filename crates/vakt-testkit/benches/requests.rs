//! What a request costs from end to end, over one kept TLS connection: client, socket and server
//! together.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tokio::runtime::Runtime;
use vakt_testkit::cast::SIEM;
use vakt_testkit::{KeptConnection, Request, TokenAsk, World};

const AUDIENCE: &str = "https://api.security.microsoft.com";

fn requests(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let (world, mut connection, token) = runtime.block_on(async {
        let world = World::start().await;
        let connection = world.https().keep().await;
        let token = world.token(AUDIENCE).await;
        (world, connection, token)
    });
    let mut group = criterion.benchmark_group("request");
    group.throughput(Throughput::Elements(1));
    let mut one = |name: &str, request: &Request| {
        group.bench_function(name, |bencher| {
            bencher.iter(|| runtime.block_on(answered(&mut connection, request)));
        });
    };
    one("token by secret", &TokenAsk::v2(&SIEM, AUDIENCE).into());
    one("an incident that is not there", &Request::get("/api/incidents/1").bearer(&token));
    one("first page of no incidents", &Request::get("/api/incidents").bearer(&token));
    group.finish();
    drop(world);
}

async fn answered(connection: &mut KeptConnection, request: &Request) {
    let answer = connection.send(request.clone()).await;
    assert!(matches!(answer.status, 200 | 404), "{} {}", answer.status, answer.text());
}

criterion_group!(benches, requests);
criterion_main!(benches);
