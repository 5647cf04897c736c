# hostile.jq - words for the expectations of the rows, on a report

def step($name): first(.steps[] | select(.step == $name));
def found($id): any(.findings[]; .id == $id);
# Every probe of a host of the domain, and there is one.
def at($host): [.endpoints[] | select(.host == "\($host).contoso.example")];
def all_at($host; f): at($host) | length > 0 and all(.[]; f);
def no_probe($port): all(.endpoints[]; .port != $port);
def blocked_port($port): any(.endpoints[]; .port == $port) and
  all(.endpoints[] | select(.port == $port); .connect == "blocked");
# A DNS question that was asked in vain.
def not_used($step): step($step).dns as $dns |
  any(("timeout", "malformed", "servfail", "nodata"); . == $dns);
# An SRV step whose target was not connected to.
def nowhere($step): step($step).targets | all(.[]; .addresses == []);

# What is not attacked is reported as in a healthy walk. $base: the healthy report, $host: whose
# endpoints are attacked.
def place: [.host, .address, .port, .probe, .url];
def bystanders($base; $hosts):
  [$base.endpoints[] | select(.host as $h | any($hosts[]; . == $h)) | place] - [.endpoints[] |
    select(.connect == "open" and (.tls == null or .tls == "ok") and .outcome == "ok") | place];
