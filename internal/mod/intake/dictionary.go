package intake

import (
	"context"

	"qingfeng/internal/org/demand"
)

// Dictionaries is the closed lists from which a report is made up.
type Dictionaries struct {
	Categories []demand.Category              `json:"categories" doc:"The letters with their items."`
	Questions  []Question                     `json:"questions" doc:"What some categories ask besides."`
	Classes    []demand.Named[demand.Class]   `json:"classes" doc:"Kinds of demand."`
	Channels   []demand.Named[demand.Channel] `json:"channels"`
	Entered    []demand.Channel               `json:"entered" doc:"The channels that a report typed in by staff may have come by."`
	Modes      []demand.Named[demand.Mode]    `json:"modes"`
	Urgencies  []demand.Named[demand.Urgency] `json:"urgencies" doc:"The most urgent first."`
}

// Dictionaries returns the closed lists of intake, in the order in which
// people choose from them.
func (*Service) Dictionaries(context.Context, struct{}) (Dictionaries, error) {
	return Dictionaries{Categories: demand.Categories(), Questions: Questions(), Classes: demand.Classes(), Channels: demand.Channels(),
		Entered: EnteredChannels(), Modes: demand.Modes(), Urgencies: demand.Urgencies()}, nil
}

// EnteredChannels lists the channels that staff type in: every way in which
// somebody speaks to a person or writes on paper, and what other offices hand
// over. Codes, pages and interfaces bring their reports themselves.
func EnteredChannels() []demand.Channel {
	return []demand.Channel{demand.Telephone, demand.Visit, demand.Letter, demand.Email, demand.Hotline12320, demand.Hotline12345, demand.Petition,
		demand.Superior, demand.Discipline, demand.Insurance, demand.Media, demand.Patrol, demand.SelfCheck, demand.Survey, demand.Followup, demand.Supervisor}
}
