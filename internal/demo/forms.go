package demo

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/form"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/org"
)

//go:embed form
var formFiles embed.FS

// forms has the commission publish two forms: what patients say when they are asked
// after their discharge, and the checklist of inspections.
func (h *history) forms(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "demo forms")
	maker := slices.IndexFunc(h.logins, func(l Login) bool { return l.Role == casework.RoleSupervisor })
	acting, ok := h.actor(ctx, h.logins[maker].staff)
	if !ok {
		return nil
	}
	followUp, err := h.publish(acting, "followup", "出院患者回访表", "Discharge follow-up")
	if err != nil {
		return err
	}
	checklist, err := h.publish(acting, "inspection", "医疗机构依法执业检查表", "Lawful practice checklist")
	h.followUp, h.checklist = followUp.ID, checklist.ID
	return err
}

// publish makes a form of the file that is named after its purpose.
func (h *history) publish(ctx context.Context, purpose, zh, en string) (d form.Detail, err error) {
	text, err := formFiles.ReadFile("form/" + purpose + ".json")
	if err != nil {
		return d, err
	}
	in := form.NewForm{OwnerPath: authz.From(ctx).Grants[0].Path, Purpose: purpose, NameZH: zh, NameEN: en}
	if err := json.Unmarshal(text, &in.Draft); err != nil {
		return d, err
	}
	if d, err = h.Forms.Create(ctx, form.Posted[form.NewForm]{Body: in}); err != nil {
		return d, err
	}
	return h.Forms.Publish(ctx, form.PostedTo[form.Publication]{One: form.One{ID: d.ID}, Body: form.Publication{Revision: d.Revision, Reason: "按年度工作要求启用。"}})
}

// perHospital is how many patients each coordinator has called.
const perHospital = 3

// callPatients has coordinators answer the follow-up form.
func (h *history) callPatients(ctx context.Context) error {
	n := 0
	for _, key := range slices.Sorted(maps.Keys(h.roles)) {
		path, found := strings.CutPrefix(key, casework.RoleCoordinator+" ")
		acting, ok := h.actor(ctx, h.roles[key])
		if !found || !ok || h.units[authz.From(acting).Unit].Kind != org.Institution {
			continue
		}
		for range perHospital {
			n++
			at := office(h.now.AddDate(0, 0, -56).Add(time.Duration(n) * 7 * time.Hour))
			in := form.Given{ID: uuid.NewString(), FormID: h.followUp, Path: path, Subject: fmt.Sprintf("followup:%s", db.NewID()), Answers: called(n, at), FilledAt: at}
			if err := h.handIn(acting, in); err != nil {
				return err
			}
		}
	}
	return nil
}

func (h *history) handIn(ctx context.Context, in form.Given) error {
	y, err := h.Forms.Prepare(ctx, in)
	if err != nil {
		return err
	}
	return h.DB.InTx(ctx, func(tx *db.Tx) error {
		_, _, err := h.Forms.Answer(ctx, tx, y)
		return err
	})
}

// called is what the n-th patient says: now and then, that money was taken.
func called(n int, at time.Time) map[string]any {
	said := map[string]any{"discharged_on": at.AddDate(0, 0, -7).Format(time.DateOnly), "way": []string{"phone", "phone", "visit", "clinic"}[n%4], "gift": "no", "outside": "no", "score": 6 + n%5}
	if n%29 == 11 {
		said["gift"], said["gift_amount"], said["gift_detail"] = "yes", 50_000, "术前家属塞给主刀医生，对方没有退回。"
	}
	if n%23 == 7 {
		said["outside"], said["outside_where"], said["outside_paid"] = "yes", "医院对面的药房", 36_800
	}
	if n%9 == 4 {
		said["words"] = "护士耐心，办出院手续排队时间长。"
	}
	return said
}
