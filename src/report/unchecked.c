/* unchecked.c - the closing line of a report, and the page behind it */
#include "lp/unchecked.h"

#include "lp/explain_page.h"
#include "lp/lang.h"

/* Of two named views both are walked; else somebody has to be told that there is another one. */
static bool is_alone(const struct lp_setup *setup)
{
    const struct lp_server *servers = setup->servers.at;
    return !setup->servers.n || (!lp_str_eq(servers[0].label, LP_STR("inside")) &&
                                 !lp_str_eq(servers[0].label, LP_STR("outside")));
}

struct lp_str lp_unchecked(struct lp_arena *arena, const struct lp_judgement *j)
{
    const char *view = "";
    if (is_alone(&j->survey.log->setup))
        view = lp_tr(arena,
                     j->survey.internal
                         ? "the way outside (both in one run: @inside=SERVER @outside=SERVER), "
                         : "the way inside (both in one run: @inside=SERVER @outside=SERVER), ");
    return lp_tell(arena,
                   "Not checked: %sthe account and its password, the client's cache, proxy "
                   "settings, DHCP. How to: lyncprobe explain %s",
                   view, LP_UNCHECKED_WORD);
}

#define LINES(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define INTERNET_SETTINGS \
    "\"HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\""
#define POLICY "HKCU\\Software\\Policies\\Microsoft\\Office\\15.0\\Lync"

static const struct lp_unchecked_part parts[] = {
    { "The other view",
      LINES("Users inside and outside ask other name servers and come to other machines. Where "
            "both name servers can be reached from here, one run shows both:",
            "lyncprobe <domain> @inside=<internal-dns> @outside=<external-dns>",
            "Else run lyncprobe on either side, and put the two recordings side by side.") },
    { "The account",
      LINES("Is the user enabled for Lync, and homed in a pool that is up? In the Management "
            "Shell:",
            "Get-CsUser -Identity <sign-in-address> | Format-List Enabled, RegistrarPool, "
            "SipAddress, HostingProvider",
            "Is the account locked, disabled, or its password expired?",
            "Get-ADUser -Identity <account> -Properties LockedOut,PasswordExpired | Format-List "
            "Enabled, LockedOut, PasswordExpired",
            "A number of ms-diagnostics in the client's trace names the reason:",
            "lyncprobe explain <number>") },
    { "The password",
      LINES("Have the user sign in elsewhere with the same account: at another computer, at the "
            "dial-in page, in Outlook on the web.",
            "A sign-in without any client, from a Front End:",
            "Test-CsRegistration -TargetFqdn <pool> -UserSipAddress sip:<sign-in-address> "
            "-UserCredential (Get-Credential)",
            "An old password may be kept in the Windows credential store:", "cmdkey /list") },
    { "The client's cache",
      LINES("A client keeps the server that it found last, and a certificate that it signs in "
            "with. So one computer can work with broken DNS, and another one fail with good DNS.",
            "Close the client, and forget what is kept (16.0 in place of 15.0 from Office 2016 "
            "on):",
            "Remove-Item \"$env:LOCALAPPDATA\\Microsoft\\Office\\15.0\\Lync\\sip_<address>\" "
            "-Recurse",
            "Certificates of the issuer \"Communications Server\" are the client's own; delete "
            "them:",
            "certutil -user -store My", "certutil -user -delstore My <thumbprint>",
            "Answers of DNS are kept, too:", "ipconfig /flushdns") },
    { "Settings that go before DNS",
      LINES("A server that is set by hand or by policy (ServerAddressInternal, "
            "ServerAddressExternal, ConfigurationMode) takes the place of the whole search:",
            "reg query " POLICY, "So does a line in the file hosts:",
            "Get-Content C:\\Windows\\System32\\drivers\\etc\\hosts") },
    { "Proxy settings",
      LINES("Lync's names must not go through a proxy that asks for a password or opens TLS. What "
            "the client is told:",
            "netsh winhttp show proxy", "reg query " INTERNET_SETTINGS,
            "Look at ProxyServer, ProxyOverride and AutoConfigURL; a script at file:// is not "
            "read by the client.",
            "If the certificate that the user's computer sees is issued by the proxy, except "
            "*.<domain> from inspection.") },
    { "DHCP",
      LINES("Clients that find nothing in DNS, and desk phones always, ask DHCP: option 120 is "
            "the registrar, option 43 of the vendor class MSUCClient the web services of the "
            "pool. On the DHCP server:",
            "netsh dhcp server scope <scope> show optionvalue all",
            "On a Front End, DHCPUtil.exe -EmulateClient asks as a phone does.",
            "Does the computer have the name servers that it should have?", "ipconfig /all") },
};

const struct lp_unchecked_part *lp_unchecked_at(size_t i)
{
    return i < LP_COUNT(parts) ? &parts[i] : NULL;
}

void lp_report_explain_unchecked(const struct lp_style *style, struct lp_buf *out)
{
    static const struct lp_explain_title title = {
        .name = LP_UNCHECKED_WORD,
        .title = "What lyncprobe cannot see, and how to look at it",
    };
    struct lp_explain_page page = lp_explain_page_of(style, out);
    lp_explain_title(&page, &title);
    for (size_t i = 0; i < LP_COUNT(parts); i++)
        lp_explain_section(&page, parts[i].heading, parts[i].lines);
    lp_explain_end(&page);
}
