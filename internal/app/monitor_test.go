package app

import (
	"testing"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/mod/casework"
	"qingfeng/internal/mod/inspection"
	"qingfeng/internal/org/demand"
	"qingfeng/internal/org/violation"
)

func TestClueIsOneCaseInConfidence(t *testing.T) {
	m := newMatrix(t)
	for channel, c := range map[demand.Channel]inspection.Clue{demand.Supervisor: {Supervisor: true, Phone: "13800001357"}, demand.Patrol: {Phone: "转 1"}} {
		m.clueIsOneCase(t, channel, c)
	}
}

func (m *matrix) clueIsOneCase(t *testing.T, channel demand.Channel, c inspection.Clue) {
	at := m.sites[0]
	c = inspection.Clue{ID: db.NewID(), Supervisor: c.Supervisor, Category: "V0801", Text: "护工称要给主刀红包", UnitID: at.hospital.ID, TargetName: at.hospital.Name, FoundAt: m.s.Now(), Name: "周望舒", Phone: c.Phone, By: at.reviewer}
	for range 2 { // a job may be done twice
		if err := m.s.clues(m.root(), c); err != nil {
			t.Fatal(err)
		}
	}
	m.in(func(tx *db.Tx) error {
		all, err := db.All[struct {
			Route, Mode, Channel, Title string
		}](tx.Reader, `select route, mode, channel, title from case_file where channel = $1`, string(channel))
		if err != nil {
			return err
		}
		if len(all) != 1 || all[0].Route != string(casework.Integrity) || all[0].Mode != string(demand.Confidential) || all[0].Title != demand.Name("F").ZH {
			t.Errorf("cases of a clue: %+v", all)
		}
		return nil
	})
}

func TestEveryViolationIsSomeDemand(t *testing.T) {
	for _, g := range violation.Groups() {
		for _, it := range g.Items {
			if c, _, ok := demand.Find(demandOf(it.Code)); !ok || violation.Integrity(it.Code) && !c.Sensitive {
				t.Errorf("%s is %q", it.Code, demandOf(it.Code))
			}
		}
	}
}
