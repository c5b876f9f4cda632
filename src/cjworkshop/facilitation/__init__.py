"""What happens in the room: agenda and clock, capture and inbox, votes. Pure: the time is given."""
