package rectify

import (
	"testing"

	"qingfeng/internal/kit/flow/flowtest"
)

func TestLifeMakesSense(t *testing.T) { flowtest.Check(t, life(), "doc.go") }
