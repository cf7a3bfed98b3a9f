package demo

import (
	"context"
	"time"

	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/org/demand"
)

// custody plans that an officer of the discipline line asks to see who reported
// two clues: the first is approved and opened, the second waits for the custodian
// on the morning on which the demo begins.
func (h *history) custody(ctx context.Context) {
	var first string
	asked := office(h.now.AddDate(0, 0, -4))
	h.plans(asked, func() (err error) {
		first, err = h.askIdentity(ctx, "", casework.PurposeVerify, "举报内容涉及具体时间和人员，须与举报人当面核实。")
		return err
	})
	h.plans(asked.Add(2*time.Hour), func() error { return h.approveIdentity(ctx) })
	h.plans(asked.Add(3*time.Hour), func() error {
		officer, ok := h.as(ctx, casework.RoleDiscipline, cityPath)
		if first == "" || !ok {
			return nil
		}
		_, err := h.Casework.OpenIdentity(officer, casework.IdentityInput{ID: first})
		return err
	})
	h.plans(h.now.Add(-30*time.Minute), func() error {
		_, err := h.askIdentity(ctx, first, casework.PurposeEvidence, "初步核实需要书面凭证，须请举报人补充。")
		return err
	})
}

// askIdentity asks about the newest open clue whose reporter is known, but for
// one, and returns it; nothing where there is none.
func (h *history) askIdentity(ctx context.Context, but string, p casework.Purpose, reason string) (id string, err error) {
	officer, ok := h.as(ctx, casework.RoleDiscipline, cityPath)
	if !ok {
		return "", nil
	}
	page, err := h.Casework.List(officer, casework.ListInput{Query: list.Query{Limit: 100}, Filter: casework.Filter{Route: string(casework.Integrity)}})
	if err != nil {
		return "", err
	}
	for _, c := range page.Items {
		if c.Mode == demand.Anonymous || !c.State.Open() || c.ID == but {
			continue
		}
		in := casework.IdentityInput{ID: c.ID}
		in.Body.Purpose, in.Body.Reason = p, reason
		_, err := h.Casework.AskIdentity(officer, in)
		return c.ID, err
	}
	return "", nil
}

// approveIdentity has the custodian approve what waits.
func (h *history) approveIdentity(ctx context.Context) error {
	custodian, ok := h.as(ctx, casework.RoleCustodian, cityPath)
	if !ok {
		return nil
	}
	page, err := h.Casework.ListAsked(custodian, casework.AskedInput{Query: list.Query{Limit: 10}})
	for _, x := range page.Items {
		if err != nil {
			break
		}
		in := casework.DecideIdentityInput{Request: x.ID}
		in.Body.Grant, in.Body.Reason = true, "理由充分，限本人当面核实时使用。"
		_, err = h.Casework.DecideIdentity(custodian, in)
	}
	return err
}
