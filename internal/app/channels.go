package app

import (
	"cmp"
	"net/url"
	"strconv"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/notify"
)

// channels are the ways by which notifications leave the program: those that
// its command line names.
func (s *System) channels() (all []notify.Channel, err error) {
	if s.Web.SMTP != "" {
		m, err := mailOf(s.Web.SMTP, s.Web.URL)
		if err != nil {
			return nil, err
		}
		c, err := notify.NewSMTP(m, s.Now)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	if s.Web.Webhook != "" {
		c, err := notify.NewWebhook(notify.Hook{URL: s.Web.Webhook, Secret: s.Web.WebhookSecret, Site: s.Web.URL, AllowPrivate: s.Web.WebhookPrivate}, s.Now)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// mailOf reads the mail server from an address: smtps:// is encrypted from the
// first byte, smtp:// by STARTTLS, or not at all with ?security=none.
func mailOf(address, site string) (notify.Mail, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Hostname() == "" {
		return notify.Mail{}, fault.Field("smtp", i18n.T("邮件服务器应写成 smtp://用户:密码@主机:端口?from=发件地址", "write the mail server as smtp://user:password@host:port?from=address"))
	}
	usual, security := "587", notify.STARTTLS
	if u.Scheme == "smtps" {
		usual, security = "465", notify.TLS
	}
	port, err := strconv.Atoi(cmp.Or(u.Port(), usual))
	if err != nil {
		return notify.Mail{}, fault.Field("smtp", i18n.T("端口应为数字", "the port must be a number"))
	}
	password, _ := u.User.Password()
	return notify.Mail{
		Host: u.Hostname(), Port: port, Username: u.User.Username(), Password: password,
		Security: notify.Security(cmp.Or(u.Query().Get("security"), string(security))),
		From:     u.Query().Get("from"), Site: site,
	}, nil
}
