package campaign

import (
	"testing"

	"qingfeng/internal/kit/flow/flowtest"
)

func TestLivesMakeSenseAndStandInTheRuleBook(t *testing.T) {
	flowtest.Check(t, life(), "doc.go")
	t.Run("self-examination", func(t *testing.T) { flowtest.Check(t, selfLife(), "doc.go") })
}
