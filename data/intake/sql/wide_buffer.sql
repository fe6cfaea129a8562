-- Lets the checks run ahead of what takes their rows, so that both work at the same time.
SET SESSION streaming_buffer_size = '16MB'
