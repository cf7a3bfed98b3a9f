package intake

import (
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Code is a code on a wall. Its token never changes and is never given to
// another place.
type Code struct {
	ID           string    `json:"id"`
	Token        string    `json:"token"`
	Place        string    `json:"place"`
	Institution  string    `json:"institution"`
	Path         string    `json:"-"`
	Words        string    `json:"words" doc:"Two words that poster and page show, against swapped stickers."`
	MadeBy       string    `json:"made_by"`
	MadeAt       time.Time `json:"made_at"`
	PrintedAt    time.Time `json:"printed_at,omitzero" doc:"When a poster of it was last asked for."`
	RevokedBy    string    `json:"revoked_by,omitempty"`
	RevokedAt    time.Time `json:"revoked_at,omitzero"`
	RevokeReason string    `json:"revoke_reason,omitempty"`
	ReplacedBy   string    `json:"replaced_by,omitempty" doc:"The code that hangs there instead."`
}

// CodeState is how a code stands.
type CodeState string

// The states. A code that is not live never lives again.
const (
	Live     CodeState = "live"
	Replaced CodeState = "replaced" // another hangs in its place
	Revoked  CodeState = "revoked"
)

// CodeStates lists the states.
func CodeStates() []CodeState { return []CodeState{Live, Replaced, Revoked} }

// State returns how the code stands.
func (c Code) State() CodeState {
	switch {
	case c.RevokedAt.IsZero():
		return Live
	case c.ReplacedBy != "":
		return Replaced
	}
	return Revoked
}

// newToken returns a token of 16 letters and digits: 80 random bits, short
// enough for a small code, without letters that look like digits.
func newToken() string { return strings.ToLower(rand.Text()[:16]) }

// codeOf returns the code of a token, whatever its state; false for a token
// that was never given out.
func codeOf(r db.Reader, token string) (Code, bool, error) {
	if token == "" {
		return Code{}, false, nil
	}
	c, err := codeByToken(r, token)
	if errors.Is(err, db.ErrNone) {
		return c, false, nil
	}
	return c, err == nil, err
}

// errNotLive is the fault of acting on a code that somebody has taken down.
func (c Code) errNotLive() error {
	if c.ReplacedBy != "" {
		return fault.New(fault.Conflict, i18n.T("这个二维码已经换成新码", "this code has been replaced by another already")).
			WithFix(i18n.T("请刷新列表，打印新码的海报", "reload the list and print the poster of the new code"))
	}
	return fault.New(fault.Conflict, i18n.T("这个二维码已经停用", "this code has been revoked already")).
		WithFix(i18n.T("如仍需要，请为该地点补一个新码", "hang a new one in its place if it is still needed"))
}

// pickWords chooses the two check words of a code.
func pickWords() string {
	b := make([]byte, 2)
	_, _ = rand.Read(b) // never fails
	return firstWords[int(b[0])%len(firstWords)] + " " + secondWords[int(b[1])%len(secondWords)]
}

// The words are common, of two characters, and hard to mistake for each other
// on the telephone.
var (
	firstWords = []string{"春风", "明月", "青山", "白云", "红日", "清泉", "松柏", "荷花", "金桂", "银杏", "秋水", "朝霞",
		"晨光", "星河", "雪峰", "翠竹", "碧海", "长江", "芦苇", "紫藤", "丹枫", "海棠", "玉兰", "茶园"}
	secondWords = []string{"小桥", "帆船", "灯塔", "石榴", "麦田", "风筝", "燕子", "白鹤", "骏马", "喜鹊", "鲤鱼", "蜜蜂",
		"陶罐", "木梯", "铜铃", "雨伞", "书桌", "竹篮", "棉花", "核桃", "葡萄", "苹果", "南瓜", "土豆"}
)
