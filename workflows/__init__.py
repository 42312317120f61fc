"""What turns a photo into a picture: graphs, instant filters and styles. It imports nothing of ours."""
