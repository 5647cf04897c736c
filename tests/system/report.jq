# report.jq - words for the expectations of the system tests: on a report, and on a recording that
# was read with jq -s

def step($name): first(.steps[] | select(.step == $name));
def found($id): any(.findings[]; .id == $id);
def finding($id): first(.findings[] | select(.id == $id));
def loud: [.findings[] | select(.severity != "info").id];
def endpoint($address; $port):
  first(.endpoints[] | select(.address == $address and .port == $port));
def client($name): first(.clients[] | select(.client == $name));

def entry($key): first(.[] | select(.key == $key));
def dns($type; $name): entry("dns 0 \($type) \($name)");
def web($url): first(.[] | select(.key? // "" | startswith("autodiscover \($url) ")));
def sip($place): first(.[] | select(.key? // "" | startswith("sip \($place)")));
def probe($kind): first(.[] | select(.kind? == $kind));
