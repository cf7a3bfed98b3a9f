package casework

import (
	"context"

	"qingfeng/internal/org/demand"
)

// Dictionaries is the closed lists from which whoever handles a case chooses.
type Dictionaries struct {
	Outcomes         []demand.Named[demand.Outcome]         `json:"outcomes"`
	Causes           []demand.Named[demand.Cause]           `json:"causes" doc:"Root causes."`
	ExclusionReasons []demand.Named[demand.ExclusionReason] `json:"exclusion_reasons" doc:"Why a case may be left out of the rates."`
	CommonSteps      []CommonStep                           `json:"common_steps" doc:"What may be done to several cases at once."`
}

// Dictionaries returns the closed lists of handling, in the order in which
// people choose from them.
func (*Service) Dictionaries(context.Context, struct{}) (Dictionaries, error) {
	return Dictionaries{Outcomes: demand.Outcomes(), Causes: demand.Causes(), ExclusionReasons: demand.ExclusionReasons(), CommonSteps: commonSteps()}, nil
}
