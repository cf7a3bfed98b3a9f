package story

import (
	"fmt"
	"testing"
)

func TestShow(t *testing.T) {
	g, err := New(7)
	if err != nil {
		t.Fatal(err)
	}
	ls := g.Leaves()
	t.Log(len(ls))
	for i := range 24 {
		l := ls[(i*13)%len(ls)]
		c, err := g.Case(Ask{Leaf: l.Code, Number: uint64(i)})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("── %s %s/%s %s %s %s\n题: %s\n文: %s\n愿: %s\n查: %s\n因: %s %s\n措: %s\n复: %s\n评: %s\n", c.Leaf.Code, c.Leaf.GroupName, c.Leaf.Name, c.Leaf.Kind, c.Outcome, c.Rating, c.Title, c.Narrative, c.Wish, c.Finding, c.Cause, c.RootCause, c.Measures, c.Reply, c.CallbackRemark)
		for _, d := range c.Dialogue {
			fmt.Println("  ", d.From, d.Text)
		}
	}
}
