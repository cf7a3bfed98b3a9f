package authn

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// ceremonyTime is how long what was begun may take.
const ceremonyTime = 10 * time.Minute

// BeginCeremony keeps what the second half of a ceremony needs to know of the
// first, such as the challenge that a passkey signs, and returns by what it is
// found, once. The purpose keeps one kind of ceremony from ending another.
func BeginCeremony(tx *db.Tx, purpose, staff string, v any) (id string, err error) {
	data, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("authn.BeginCeremony: %w", err)
	}
	id = rand.Text()
	return id, tx.Add(`insert into ceremony (id, purpose, staff, data, expiry) values ($1, $2, $3, $4, $5)`,
		id, purpose, staff, string(data), machineTime().Add(ceremonyTime))
}

// EndCeremony reads into v what was kept, which is gone with it, and returns
// whose ceremony it was. Fault: Conflict when there is none, it took too long
// or it has been ended.
func EndCeremony(tx *db.Tx, purpose, id string, v any) (staff string, err error) {
	type row struct {
		Staff, Data string
		Expiry      time.Time
	}
	c, err := db.One[row](tx.Reader, `delete from ceremony where id = $1 and purpose = $2 returning staff, data, expiry`, id, purpose)
	if errors.Is(err, db.ErrNone) || err == nil && c.Expiry.Before(machineTime()) {
		return "", fault.New(fault.Conflict, i18n.T("操作已过期或已完成", "this took too long, or is done already")).
			WithFix(i18n.T("请重新开始", "please begin again"))
	}
	if err != nil {
		return "", fmt.Errorf("authn.EndCeremony: %w", err)
	}
	return c.Staff, json.Unmarshal([]byte(c.Data), v)
}
