package campaign

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"
)

func TestDump(t *testing.T) {
	x, _ := os.ReadFile(os.Getenv("F"))
	p, err := ReadPlans(string(x))
	fmt.Println(err)
	for i := range p {
		p[i].Spans = nil
		cut := func(s *string) {
			if s != nil {
				if r := []rune(*s); len(r) > 34 {
					*s = string(r[:16]) + "…" + string(r[len(r)-16:])
				}
			}
		}
		cut(p[i].Goal)
		for k := range p[i].Tasks {
			cut(p[i].Tasks[k].Text)
		}
		for k := range p[i].Stages {
			cut(p[i].Stages[k].Text)
		}
		for k := range p[i].Milestones {
			cut(p[i].Milestones[k].Text)
		}
		q := p[i]
		o := func(n string, v any) { b, _ := json.Marshal(v); fmt.Println("  ", n, string(b)) }
		o("title", q.Title)
		o("doc", q.DocNumber)
		o("issuer", q.Issuer)
		o("goal", q.Goal)
		o("scope", q.Scope)
		for _, t := range q.Tasks {
			o("task", t)
		}
		for _, t := range q.Stages {
			o("stage", t)
		}
		for _, t := range q.Milestones {
			o("milestone", t)
		}
		for _, t := range q.Reports {
			o("report", t)
		}
		for _, t := range q.Leaders {
			o("leader", t)
		}
	}
}
