// Package pace gives up on connections that stand still.
//
// # What it owns
//
// The patience of a server with the two ends of a request: with who sends a
// body, and with who takes an answer. A few thousand connections on which
// nothing moves would otherwise hold everything that can be held open. It is
// wrapped once around the whole program (Rules.Within); no handler sets a
// deadline of its own.
//
// # Rules
//
//   - A sender may be slow, not silent: the next piece of a body has to come
//     within Silence.
//   - A sender may be slow, not dripping: after Grace of waiting, waiting goes on
//     only as long as Floor bytes a second have come. What counts is the time
//     spent waiting for the sender; time that the handler takes is its own.
//   - Of an answer, each Piece has to be taken within Taken, however long the
//     whole lasts.
//   - Who is given up stays given up. After an error of a body nothing is read
//     from that connection any more, neither by the handler nor by net/http, which
//     after an answer reads what was left unread: under HTTP/1 the connection
//     ends with the answer, under HTTP/2 the stream does.
//   - A body that came to its end (io.EOF) leaves no limit behind: the handler
//     may work on for as long as it needs, and the connection may serve another
//     request.
//   - A handler ends the reading of a body from another goroutine by a read
//     deadline that has passed (http.ResponseController.SetReadDeadline). A read
//     deadline in the future changes nothing: that limit is set here.
//
// HTTP/1 and HTTP/2 differ in what a deadline is. Under HTTP/1 it concerns
// reads and writes alone, and net/http reads and writes by itself between ours
// (what was left unread, "100 Continue"), so that one always stands. Under HTTP/2
// it is an alarm that ends the stream while the handler works, so that it is
// lifted whenever nothing is awaited.
//
// # What it does not do
//
// The time for the header of a request, idle connections, their number and the
// frames of HTTP/2 are settings of http.Server.
package pace
