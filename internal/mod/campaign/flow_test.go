package campaign

import (
	"testing"

	"qingfeng/internal/kit/flow/flowtest"
)

func TestLifeMakesSenseAndStandsInTheRuleBook(t *testing.T) { flowtest.Check(t, life(), "doc.go") }

func TestLifeOfReturnsMakesSenseAndStandsInTheRuleBook(t *testing.T) {
	flowtest.Check(t, returns(), "doc.go")
}
