package campaign

import (
	"testing"

	"qingfeng/internal/kit/flow/flowtest"
)

func TestLifeOfReturnsMakesSenseAndStandsInTheRuleBook(t *testing.T) {
	flowtest.Check(t, returns(), "doc.go")
}

func TestLivesMakeSenseAndStandInTheRuleBook(t *testing.T) {
	flowtest.Check(t, life(), "doc.go")
	t.Run("typical cases", func(t *testing.T) { flowtest.Check(t, typicalLife(), "doc.go") })
	t.Run("briefs", func(t *testing.T) { flowtest.Check(t, briefLife(), "doc.go") })
	t.Run("look back", func(t *testing.T) { flowtest.Check(t, lookLife(), "doc.go") })
	t.Run("self-examination", func(t *testing.T) { flowtest.Check(t, selfLife(), "doc.go") })
}
