package inspection

import (
	"testing"

	"qingfeng/internal/kit/flow/flowtest"
)

func TestLivesMakeSense(t *testing.T) {
	flowtest.Check(t, planLife(), "doc.go")
	flowtest.Check(t, drawLife(), "doc.go")
	flowtest.Check(t, taskLife(), "doc.go")
}
