"""Take-home cards: a pupil teaches somebody at home, who then answers five practice questions; it never proves anything."""
