package sanction

import (
	"testing"

	"qingfeng/internal/kit/flow/flowtest"
)

func TestMachinesMakeSenseAndAreDrawn(t *testing.T) {
	for name, m := range map[string]machine{"penalties": penalties(), "points": points(), "consequences": consequences(), "blacklist": blacklist(),
		"publications": publications(), "transfers": transfers(), "vetoes": vetoes()} {
		t.Run(name, func(t *testing.T) { flowtest.Check(t, m, "doc.go") })
	}
}
