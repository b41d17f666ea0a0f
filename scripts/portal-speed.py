#!/usr/bin/env python3
"""How much a browser loads for the portal's first pages, with nothing in its cache, and how soon
they can be used.
   scripts/portal-speed.py VAKT_RELEASE_BINARY        RUNS=5 INCIDENTS=1000
Needs chromium and chromedriver. A server with 200 applications and INCIDENTS incidents is started in
a folder of its own. Bytes are those on the wire, headers included, as the browser counts them. A page
can be used when it is painted, its scripts have run, and no task of 50 ms or more is left.
"""
import datetime, json, os, re, signal, statistics, subprocess, sys, tempfile, time, urllib.request

BYTES_MAX, MILLISECONDS_MAX = 200_000, 1000
vakt, runs = os.path.realpath(sys.argv[1]), int(os.environ.get("RUNS", "5"))
incidents = int(os.environ.get("INCIDENTS", "1000"))
tenant, password = "5e1f0c0e-0000-4000-8000-000000000001", "correct horse battery"
user, port = "ada@bench.example", 18441
origin = f"https://localhost:{port}"
AT_REST = """
const done = arguments[arguments.length - 1];
const read = () => {
    const [page] = performance.getEntriesByType("navigation");
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    if (!page.loadEventEnd || !paint) return setTimeout(read, 50);
    const tasks = [];
    new PerformanceObserver(list => tasks.push(...list.getEntries())).observe({ type: "longtask", buffered: true });
    setTimeout(() => done(Math.max(page.domContentLoadedEventEnd, paint.startTime, ...tasks.map(one => one.startTime + one.duration))), 600);
};
read();
"""


def ask(path, body=None, method=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{driver_url}{path}", data, {"content-type": "application/json"}, method=method)
    return json.load(urllib.request.urlopen(request))["value"]


def devtools(command, **parameters):
    return ask(f"/session/{session}/goog/cdp/execute", {"cmd": command, "params": parameters})


def run(script, wait="sync"):
    return ask(f"/session/{session}/execute/{wait}", {"script": script, "args": []})


def loaded():
    """Bytes that came since the last time this was asked."""
    lines = ask(f"/session/{session}/se/log", {"type": "performance"})
    events = (json.loads(line["message"])["message"] for line in lines)
    return sum(int(one["params"]["encodedDataLength"]) for one in events if one["method"] == "Network.loadingFinished")


def measure(name, path):
    figures = []
    for _ in range(runs):
        ask(f"/session/{session}/url", {"url": "about:blank"})
        devtools("Network.clearBrowserCache")
        time.sleep(0.3)
        loaded()
        ask(f"/session/{session}/url", {"url": origin + path})
        ready = run(AT_REST, "async")
        figures.append((ready, loaded()))
    ready, size = [one for one, _ in figures], max(size for _, size in figures)
    print(f"{name}: {size} bytes; usable after {statistics.median(ready):.0f} ms (worst of {runs}: {max(ready):.0f} ms)")
    return size < BYTES_MAX and max(ready) < MILLISECONDS_MAX


def write_seed(folder):
    at = (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    incident = lambda n: {"incidentId": n, "incidentName": f"Incident {n}", "createdTime": at, "lastUpdateTime": at, "status": "Active", "severity": ["Low", "Medium", "High"][n % 3]}
    json.dump([incident(n) for n in range(1, incidents + 1)], open(f"{folder}/incidents.json", "w"))
    app = '[[tenant.app]]\nname = "app {0}"\nsecret = "bench~Test.Secret_0123456789-AbCdEfGhIjK"\n'
    parts = [f'[[tenant]]\nid = "{tenant}"\nname = "Bench"\ndomains = ["bench.example"]\n']
    parts += [f'[[tenant.person]]\nuser_name = "{user}"\nname = "Ada"\nrole = "Global Administrator"\npassword = "{password}"\n']
    parts += [app.format(n) for n in range(200)] + ['[[tenant.incidents]]\nfile = "incidents.json"\n']
    open(f"{folder}/seed.toml", "w").write("".join(parts))


with tempfile.TemporaryDirectory(prefix="vakt-speed.") as work:
    write_seed(work)
    log = open(f"{work}/log", "w")
    server = subprocess.Popen([vakt, "serve", "--data", f"{work}/data", "--listen", f"127.0.0.1:{port}", "--seed", f"{work}/seed.toml"], stdout=log, stderr=log)
    driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        for line in driver.stdout:
            if found := re.search(r"started successfully on port (\d+)", line):
                driver_url = f"http://127.0.0.1:{found[1]}"
                break
        for _ in range(6000):
            if "serves" in open(f"{work}/log").read():
                break
            if server.poll() is not None:
                sys.exit(open(f"{work}/log").read())
            time.sleep(0.1)
        options = {"args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--ignore-certificate-errors", f"--user-data-dir={work}/profile", "--window-size=1920,1080"]}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"performance": "ALL"}}
        session = ask("/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
        good = measure("sign-in page", "/vakt/sign-in")
        run(f"document.querySelector('[name=user]').value = '{user}'; document.querySelector('[name=password]').value = '{password}'; document.querySelector('form').submit()")
        for _ in range(100):
            if ask(f"/session/{session}/url").startswith(f"{origin}/portal"):
                break
            time.sleep(0.1)
        else:
            sys.exit("signing in did not lead to the portal")
        good = measure("start page", "/portal") and good
        good = measure("applications", "/portal/applications") and good
        good = measure("incidents", "/portal/incidents") and good
        ask(f"/session/{session}", method="DELETE")
        sys.exit(0 if good else "a page is larger or slower than it may be")
    finally:
        for process in (driver, server):
            process.send_signal(signal.SIGTERM)
            process.wait()
