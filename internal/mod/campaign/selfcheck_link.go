package campaign

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"strings"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// tokenLength is that of a link: 80 bits, as of a code on a wall.
const tokenLength = 16

// token is what opens a self-examination. It stands in no table: it comes from the
// key, the line and which of its links it is, so that a sheet can be printed again.
func (s *Service) token(c selfCheck) string {
	sum := s.linkMac("token", fmt.Sprintf("%s/%d", c.ID, c.Link))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum))[:tokenLength]
}

// macOf is by what the line of a token is found.
func (s *Service) macOf(token string) string { return hex.EncodeToString(s.linkMac("find", token)) }

func (s *Service) linkMac(purpose, text string) []byte {
	h := hmac.New(sha256.New, s.LinkKey)
	_, _ = fmt.Fprintf(h, "selfcheck %s %s", purpose, text) // a hash never fails
	return h.Sum(nil)
}

// address is where the page of a line is.
func (s *Service) address(c selfCheck) string { return s.URL + SelfPage + s.token(c) }

// SelfPage is where the pages of self-examinations lie.
const SelfPage = "/s/"

// opened is the line that a link opens, with its campaign. Faults: NotFound for a
// link that is none, Conflict for one that was revoked or whose stage is over.
func (s *Service) opened(r db.Reader, token string) (o openedSelf, err error) {
	if o.line, err = selfByMac(r, s.macOf(token)); err != nil {
		return o, err
	}
	if o.campaign, err = campaignByID(r, o.line.Campaign); err != nil {
		return o, err
	}
	if o.content, err = contentOf(r, o.line.Campaign); err != nil {
		return o, err
	}
	round, err := roundOf(r, o.line.Campaign)
	if err != nil {
		return o, err
	}
	o.until, o.asked = o.content.stageEnd(round.Stage), round.Checklist
	return o, o.shut(DayOf(s.Now()))
}

// openedSelf is what a link opens.
type openedSelf struct {
	line     selfCheck
	campaign Campaign
	content  Content
	until    Day
	asked    Checklist
}

// shut says why nothing can be sent, where it cannot.
func (o openedSelf) shut(today Day) error {
	ask := i18n.T("请联系专项整治办公室", "please ask the campaign office")
	switch {
	case !o.line.RevokedAt.IsZero():
		return fault.New(fault.Conflict, i18n.T("这个链接已停用", "this link was revoked")).WithFix(ask)
	case o.line.State == SelfEnded:
		return fault.New(fault.Conflict, i18n.T("本机构不再需要自查", "your institution is not asked any more")).WithFix(ask)
	case o.campaign.State != Running:
		return fault.New(fault.Conflict, i18n.T("这次专项整治不在进行中", "the campaign does not run")).WithFix(ask)
	case today > o.until:
		return fault.New(fault.Conflict, i18n.T("自查已于 %s 截止", "self-examination ended on %s"), string(o.until)).WithFix(ask)
	}
	return nil
}

// errNoLink is the fault of a link that opens nothing: never given out, or
// replaced by another.
func errNoLink() error {
	return fault.New(fault.NotFound, i18n.T("这个链接不对，或已换发新链接", "this link is wrong, or was replaced by another")).
		WithFix(i18n.T("请核对网址，或联系专项整治办公室", "please check the address, or ask the campaign office"))
}
